"""The WebSocket part of `make bench`; alone, or some of it: `python -m tests.benchmarks.websocket [PART ...]`."""

import sys
from collections.abc import Callable

from tests.benchmarks.processes import percentiles
from tests.benchmarks.websocket_echo import echoes
from tests.benchmarks.websocket_fan_out import fan_out
from tests.benchmarks.websocket_held import held
from tests.benchmarks.websocket_peers import Lateness, allow_many_sockets
from tests.benchmarks.websocket_stalled import stalled

PARTS: dict[str, Callable[[], Lateness]] = {
    "echo": echoes,
    "fan-out": fan_out,
    "stalled": stalled,
    "held": held,
}


def websocket(*parts: str) -> None:
    """Print the figures of all parts, or of these."""
    allow_many_sockets()
    late: Lateness = {}
    for part in parts or PARTS:
        late |= PARTS[part]()
    print("\nthe window's ticks late, ms p50 / p99 / max (wanted: p99 under 8), and what of that was its own work")
    for phase, ticks in late.items():
        print(f"{phase:34}{percentiles(ticks.late):24}{percentiles(ticks.worked)}")


if __name__ == "__main__":
    websocket(*sys.argv[1:])
