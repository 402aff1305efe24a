"""The explorer's widgets under a user's hands: opening 3,000 requests, filtering them, typing into a megabyte."""

from statistics import median

from tests.benchmarks.processes import percentiles, process, read
from tests.benchmarks.requests_on_disk import EACH, FILES

CHILD = "tests.benchmarks.explorer_child"


def opening() -> None:
    """A collection of many files; against reading the bytes of the same files, which the system has in memory."""
    with process("opening", module=CHILD) as child:
        seen = read(child)
    count = f"{FILES * EACH:,} requests in {FILES:,} files"
    print(
        f"\n{count}: opened and painted after {seen['opened']:.2f} s (wanted: under 1),"
        f" with every row open after {seen['expanded']:.2f} s; {seen['opened'] / seen['plain']:.0f} times reading them"
    )
    print(f"worst stall while opening {seen['stall'][0]:.0f} ms, at work in it {seen['stall'][1]:.0f} ms")
    print(
        f"a key in the filter to painted, ms p50 / p99 / max: {_keys(seen['keys'])};"
        f" emptied {seen['cleared'][0]:.1f}; worst stall afterwards {seen['after'][0]:.0f} ms"
    )


def typing() -> None:
    """Keys in a megabyte of JSON; against a bare QPlainTextEdit."""
    print()
    with process("typing", module=CHILD) as child:
        for _ in range(2):
            seen = read(child)
            ours, bare = ([one for one, _ in seen[name]] for name in ("ours", "bare"))
            print(
                f"{seen['size']:,} bytes of JSON, {seen['name']}: key to painted, ms p50 / p99 / max"
                f" {_keys(seen['ours'])} (wanted: p99 under 16)"
            )
            print(
                f"  a bare QPlainTextEdit {percentiles(bare)}, ratio {median(ours) / median(bare):.2f};"
                f" shown after {seen['shown'] * 1000:.0f} ms, worst stall then {seen['stall'][0]:.0f} ms,"
                f" worst stall between keys {seen['between'][0]:.0f} ms, at work in it {seen['between'][1]:.0f} ms"
            )


def _keys(seen: list[tuple[float, float]]) -> str:
    passed, worked = zip(*seen, strict=True)
    return f"{percentiles(list(passed))}, at work {percentiles(list(worked))}"
