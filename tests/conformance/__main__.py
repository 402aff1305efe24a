"""`make conformance`: fails unless the WebSocket server passes every case that RFC 6455 and RFC 7692 require."""

import argparse
import sys
from pathlib import Path

from tests.benchmarks.processes import process, read, tell
from tests.conformance.environment import FOLDER, CannotRun, suite
from tests.conformance.suite import ALL, FAST, Selection, run, summary

LOOPS = ("batched", "asyncio")


def main() -> int:
    parser = argparse.ArgumentParser(prog="make conformance", description=__doc__)
    parser.add_argument("--all", action="store_true", help="all 517 cases; they take 17 minutes or more a loop")
    parser.add_argument(
        "--loop", choices=LOOPS, action="append", help="the server's event loop (default: both in turn)"
    )
    options = parser.parse_args()
    selection = ALL if options.all else FAST
    try:
        program = suite()
        return max(check(program, loop, selection) for loop in options.loop or LOOPS)
    except CannotRun as error:
        print(error, file=sys.stderr)
        return 2


def check(program: Path, loop: str, selection: Selection) -> int:
    """The exit code for one loop."""
    folder = FOLDER / "reports" / loop
    print(f"{loop}: {selection.count} cases …", flush=True)
    with process(loop, module="tests.conformance.server") as child:
        results = run(program, read(child), selection, folder)
        tell(child, "end")
        faults = [str(one) for one in results if not one.passed] + read(child)
    if len(results) != selection.count:
        faults.append(f"{len(results)} cases were run instead of {selection.count}.")
    print(f"{loop}: {summary(results)}; {'failed' if faults else 'passed'}")
    for fault in faults:
        print(f"  {fault}")
    if faults:
        print(f"  The report is {folder / 'index.html'}.")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
