"""Items for the benchmarks: as many different players as are wanted, the same ones every time."""

from collections.abc import Iterator
from typing import Any

POSITIONS = ("goalkeeper", "defender", "midfielder", "forward")


def items(count: int) -> Iterator[dict[str, Any]]:
    """Documents that the schema of the sample's players takes."""
    for number in range(count):
        yield {
            "name": f"Player {number * 7919 % 100_003}",
            "position": POSITIONS[number % 4],
            "number": number % 99 + 1,
            "nationality": f"Country {number % 97}",
            "teamId": number % 4 + 1,
            "born": f"{1970 + number % 30}-{number % 12 + 1:02}-{number % 28 + 1:02}",
        }
