"""Tests of the lock on a file."""

import threading
from pathlib import Path

import pytest

from servers.tls import lock
from servers.tls.lock import locked


def test_one_at_a_time(tmp_path: Path) -> None:
    inside, most = 0, 0
    counting = threading.Lock()

    def enter() -> None:
        nonlocal inside, most
        with locked(tmp_path / "lock"):
            with counting:
                inside += 1
                most = max(most, inside)
            with counting:
                inside -= 1

    threads = [threading.Thread(target=enter) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_it_is_free_after_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(tmp_path / "lock"):
        raise ZeroDivisionError
    with locked(tmp_path / "lock"):
        pass


def test_who_holds_it_for_too_long_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_TRIES", 2)
    monkeypatch.setattr(lock, "_PAUSE", 0.001)
    with (
        locked(tmp_path / "lock"),
        pytest.raises(TimeoutError, match="another Portside"),
        locked(tmp_path / "lock"),
    ):
        pass
