"""The recent URLs: newest first, each once, without who used them."""

from pathlib import Path

import pytest

from desktop.chat.keeping.recent import FILE_NAME, MOST, RecentUrls


def test_the_newest_are_first_and_come_back(tmp_path: Path) -> None:
    recent = RecentUrls(tmp_path)
    assert not recent.urls
    assert [recent.note(url) for url in ("ws://a", "ws://b", "ws://b", " ws://a ", "")] == [
        True,
        True,
        False,
        True,
        False,
    ]
    assert recent.urls == ("ws://a", "ws://b")
    recent.save()
    assert RecentUrls(tmp_path).urls == ("ws://a", "ws://b")
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o600


def test_the_oldest_are_forgotten(tmp_path: Path) -> None:
    recent = RecentUrls(tmp_path)
    for number in range(MOST + 5):
        recent.note(f"ws://{number}")
    assert recent.urls == tuple(f"ws://{number}" for number in range(MOST + 4, 4, -1))


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("ws://ann:secret@host:1/a@b?c=d@e", "ws://host:1/a@b?c=d@e"),
        ("wss://{{user}}:{{password}}@[::1]:2", "wss://[::1]:2"),
        ("ws://a:b@c:d@host?x", "ws://host?x"),
        ("ws://host#@", "ws://host#@"),
        ("{{server}}/chat", "{{server}}/chat"),
    ],
)
def test_users_and_passwords_are_left_out(tmp_path: Path, url: str, kept: str) -> None:
    recent = RecentUrls(tmp_path)
    recent.note(url)
    assert recent.urls == (kept,)


class TestDamagedFile:
    @pytest.fixture
    def expected_logs(self) -> list[str]:
        return ["WARNING portside.chat: The recent URLs of the chat in "]

    def test_is_no_trouble(self, tmp_path: Path) -> None:
        (tmp_path / FILE_NAME).write_text("\0")
        assert RecentUrls(tmp_path).urls == ()


def test_what_is_no_url_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('{"urls": [1, null, "ws://a", "", ["ws://b"]]}')
    assert RecentUrls(tmp_path).urls == ("ws://a",)
    (tmp_path / FILE_NAME).write_text('{"urls": 7}')
    assert RecentUrls(tmp_path).urls == ()
