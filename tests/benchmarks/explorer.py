"""The explorer's part of `make bench`; `python -m tests.benchmarks.explorer` prints it alone."""

from tests.benchmarks.large_bodies import large_bodies
from tests.benchmarks.processes import process, read
from tests.benchmarks.sending import runs, senders
from tests.benchmarks.widgets import opening, typing


def explorer() -> None:
    """All figures, against one REST service in a process of its own."""
    with process("rest") as service:
        base_url = f"http://127.0.0.1:{read(service)['rest']}"
        senders(base_url)
        runs(base_url)
        opening()
        typing()
        large_bodies(base_url)


if __name__ == "__main__":
    explorer()
