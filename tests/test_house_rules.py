"""The rules of the house that no linter knows: sizes, names that stay out, and what the lock files may say."""

import re
import subprocess
import tomllib
from pathlib import Path
from statistics import median

import pytest

from servers import VERSION

ROOT = Path(__file__).resolve().parent.parent


def tracked(*patterns: str) -> list[Path]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def lines(path: Path) -> int:
    return path.read_text().count("\n")


def test_source_files_are_short() -> None:
    sizes = {path: lines(path) for path in tracked("*.py") if "tests" not in path.relative_to(ROOT).parts}
    assert {path: size for path, size in sizes.items() if size > 300} == {}
    assert lines(ROOT / "desktop" / "main_window.py") <= 200
    assert median(sizes.values()) <= 120


@pytest.mark.parametrize(
    "banned", [r"loop\.create_task\(", r"processEvents", r"asyncSlot", r"asyncClose", r"\.exec\(\)", r"time\.sleep\("]
)
def test_banned_calls_stay_out(banned: str) -> None:
    allowed = {
        "desktop/tasks.py": r"loop\(\)\.create_task\(",
        "desktop/event_loop.py": r"\.exec\(\)",
        "servers/connections/inline.py": r"self\._loop\.create_task\(",  # on behalf of aiohttp, which keeps it
    }
    for path in tracked("main.py", "servers/*.py", "desktop/*.py"):
        text = re.sub(allowed.get(str(path.relative_to(ROOT)), r"\Z"), "", path.read_text())
        assert not re.search(banned, text), path


def test_every_module_says_what_it_is_for() -> None:
    for path in tracked("*.py"):
        assert path.read_text().startswith('"""'), path


def test_lock_files_pin_with_hashes_and_name_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        assert "://" not in text
        pins = re.findall(r"^\S+==\S+", text, re.MULTILINE)
        assert pins
        assert text.count("--hash=sha256:") >= len(pins)


def test_no_machine_path_and_no_registry_is_named() -> None:
    banned = re.compile(r"/(?:work|root)/|files\.pythonhosted|registry\.npmjs|deb\.debian|pypi\.org")
    for path in tracked("*.py", "*.md", "*.toml", "*.lock", "Makefile", ".ci/*", "*.spec", "*.html", "*.js", "*.css"):
        if path != Path(__file__).resolve():
            assert not banned.search(path.read_text()), path


def test_the_version_is_the_same_everywhere() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == VERSION
    assert f"## {VERSION}" in (ROOT / "CHANGELOG.md").read_text()
