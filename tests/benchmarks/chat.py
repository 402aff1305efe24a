"""The chat part of `make bench`, alone: `python -m tests.benchmarks.chat [WINDOWS ...]`.

Chat windows in a flood from a server in another process: does the window stay smooth, do all messages arrive, how much
memory do they take?
"""

import sys
import time

from tests.benchmarks.processes import percentiles, process, read, tell

MODULE = "tests.benchmarks.chat_child"
LOADS = {1: 5000.0, 20: 200.0}
"""Messages a second to each window, by the number of windows."""

WAYS = {1: ("following", "scrolled", "filtered", "frames"), 20: ("following",)}
REST, SECONDS, FULL = 2.0, 8.0, 25.0
"""Seconds: at rest; in the flood; in the flood until more has come than is kept."""

SETTLE = 2.0


def chat(*counts: int) -> None:
    """Print the figures for so many windows, or for all."""
    print("\nchat windows in a flood; ms late at rest, in the flood: p50 / p99 / max (wanted: p99 under 16)")
    for count in counts or tuple(LOADS):
        for way in WAYS[count]:
            _flooded(count, LOADS[count], way, FULL if (count, way) == (1, "following") else SECONDS)


def _flooded(count: int, rate: float, way: str, seconds: float) -> None:
    with process("flood", "batched", str(rate), str(count), module=MODULE) as server:
        url = f"ws://127.0.0.1:{read(server)['ws']}"
        with process("app", "batched", url, str(count), way, module=MODULE) as windows:
            before = read(windows)["rss"] / 1e6
            tell(windows, "rest")
            time.sleep(REST)
            tell(windows, "pause")
            tell(server, "go")
            tell(windows, "flood")
            time.sleep(seconds)
            tell(server, "end")
            sent = read(server)["sent"]
            tell(windows, "pause")
            time.sleep(SETTLE)
            tell(windows, "end")
            report = read(windows)
    late, worked = report["lateness"], report["worked"]
    received = min(report["received"])
    print(
        f"{count:3} x {rate:5,.0f}/s {way:10}{percentiles(late['rest']):>20},{percentiles(late['flood']):>22}"
        f" (own work {percentiles(worked['flood'])}); {received:,} of {sent:,} there, {sent / seconds:,.0f}/s,"
        f" {max(report['kept']):,} kept, {report['rss'] / 1e6:,.0f} MB (before: {before:,.0f})"
    )


if __name__ == "__main__":
    chat(*map(int, sys.argv[1:]))
