"""desktop.chat.transcript.excerpt: how much of an entry is laid out, in which form."""

import pytest

from desktop.chat.entry import Entry, EntryKind
from desktop.chat.transcript.excerpt import FOLDED, UNFOLDED, Form, excerpt_of, may_be_json


def _plain(text: str) -> Entry:
    return Entry(EntryKind.PLAIN, 0, text)


def test_a_long_text_is_cut_and_unfolded() -> None:
    entry = _plain("x" * 100_000)
    folded, unfolded = excerpt_of(entry, Form()), excerpt_of(entry, Form(unfolded=True))
    assert (len(folded.text), folded.cut, folded.total) == (FOLDED, True, 100_000)
    assert (len(unfolded.text), unfolded.cut) == (UNFOLDED, True)


def test_a_little_more_than_the_limit_is_not_cut() -> None:
    assert not excerpt_of(_plain("x" * (FOLDED + 10)), Form()).cut


def test_json_is_indented_with_its_numbers_as_written() -> None:
    entry = _plain('{"a":[1.50,1e400]}')
    assert excerpt_of(entry, Form(indented=True)).text == '{\n  "a": [\n    1.50,\n    1e400\n  ]\n}'


def test_the_beginning_of_long_json_is_indented() -> None:
    excerpt = excerpt_of(_plain("[" + "123," * 10_000 + "1]"), Form(indented=True))
    assert excerpt.text.startswith("[\n  123,\n")
    assert (excerpt.cut, excerpt.fault) == (True, "")


def test_what_is_not_json_says_so_and_stands_as_sent() -> None:
    excerpt = excerpt_of(_plain("{not json}"), Form(indented=True))
    assert excerpt.text == "{not json}"
    assert excerpt.fault.startswith("This is not JSON: ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1}', True),
        (" [1, 2]\r\n", True),
        ("{}", False),
        ("[hello]", False),
        ("{hello}", False),
        ("[1, 2", False),
        ('"text"', False),
        ("", False),
    ],
)
def test_json_is_guessed_from_its_ends(text: str, expected: bool) -> None:
    assert may_be_json(_plain(text)) is expected


def test_bytes_have_their_label_above_them() -> None:
    entry = Entry(EntryKind.BINARY, 0, "cat\n.png", data=bytes(1000))
    excerpt = excerpt_of(entry, Form())
    assert excerpt.text.startswith("cat\\n.png\n00 00")
    assert (excerpt.total, excerpt.unit, excerpt.cut) == (1000, "bytes", True)
    assert not excerpt_of(entry, Form(unfolded=True)).cut
