# `make run` opens Portside, `make test` passes its tests; both set up what they need.
VENV := .venv
PYTHON ?= python3
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
SOURCES := $(shell find main.py pyinstaller.spec servers desktop resources -type f -not -name '*.pyc' 2>/dev/null)
PACKAGED := dist/portside/portside

.PHONY: help run serve setup test lint package bench conformance lock clean

help:
	@echo "make run      open the window"
	@echo "make serve    run the servers without a window"
	@echo "make test     lint, types, import rules, all tests, the packaged executable"
	@echo "make lint     lint, types and import rules alone"
	@echo "make package  build the executable into dist/portside"
	@echo "make bench    measure, as ratios within one run"
	@echo "make conformance  the WebSocket server against the Autobahn test suite, the chat against npm ws; CASES=--all for every case"
	@echo "make setup    everything for development, into $(VENV)"
	@echo "make lock     renew the pinned versions"

run: $(VENV)/.runtime
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then .ci/system-packages window; fi
	@$(PY) main.py

serve: $(VENV)/.runtime
	@$(PY) main.py serve

setup: $(VENV)/.development
	@.ci/system-packages window tests

test: setup lint $(PACKAGED)
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest --numprocesses auto

lint: $(VENV)/.development
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports

package: $(PACKAGED)

$(PACKAGED): $(SOURCES) $(VENV)/.development
	@.ci/system-packages package
	$(PY) -m PyInstaller --noconfirm --log-level WARN pyinstaller.spec
	@touch $@

bench: setup
	$(PY) -m tests.benchmarks

conformance: setup
	$(PY) -m tests.conformance $(CASES)
	$(PY) -m tests.conformance.chat_peers

lock: $(VENV)/.development
	$(PY) -m uv pip compile --quiet --upgrade pyproject.toml --universal --python-version 3.11 \
		--generate-hashes --no-header --output-file requirements.lock
	$(PY) -m uv pip compile --quiet --upgrade pyproject.toml --extra dev --constraint requirements.lock --universal \
		--python-version 3.11 --generate-hashes --no-header --output-file requirements-dev.lock

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/.runtime: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Portside needs Python 3.11 or newer.")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) -r requirements.lock
	@touch $@

$(VENV)/.development: requirements-dev.lock $(VENV)/.runtime
	$(PIP) -r requirements-dev.lock
	@touch $@
