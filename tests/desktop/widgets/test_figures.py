"""Sizes and times as people read them."""

import pytest

from desktop.widgets.figures import duration_text, latency_text, size_text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (9_999, "9,999 B"),
        (10_000, "10.0 kB"),
        (999_900, "999.9 kB"),
        (1_000_000, "1.0 MB"),
        (2_500_000_000, "2,500.0 MB"),
    ],
)
def test_sizes(size: int, text: str) -> None:
    assert size_text(size) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.000_412, "0.41 ms"), (0.012_34, "12.3 ms"), (0.75, "750.0 ms"), (1.25, "1.2 s")]
)
def test_latencies(seconds: float, text: str) -> None:
    assert latency_text(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (61.9, "1:01"), (3599, "59:59"), (3725.9, "1:02:05"), (90_061, "1 d 01:01")]
)
def test_durations(seconds: float, text: str) -> None:
    assert duration_text(seconds) == text
