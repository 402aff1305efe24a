"""desktop.chat.envelope: what goes over the wire for a message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.envelope import Payload, SendFailed, asked, bare, wrapped
from servers.chat_protocol import ChatKind, ChatMessage, decode
from tests.servers.chat_messages import messages

CARRIED = st.text(st.characters(exclude_categories=["Cs"]))


@given(CARRIED)
def test_bare_text_is_its_utf8_and_nothing_else(text: str) -> None:
    assert bare(text) == (Payload(text.encode(), is_text=True),)


@given(st.binary())
def test_bare_bytes_stay_bytes(data: bytes) -> None:
    assert bare(data) == (Payload(data, is_text=False),)


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb"])
@pytest.mark.parametrize("to", [None, "", "Ben"])
def test_what_utf8_cannot_carry_is_not_sent(text: str, to: str | None) -> None:
    with pytest.raises(SendFailed, match="UTF-8"):
        bare(text) if to is None else wrapped(text, to, "")


@given(CARRIED, CARRIED)
def test_wrapped_text_says_whom_it_is_for(text: str, to: str) -> None:
    (payload,) = wrapped(text, to, "ignored")
    assert payload.is_text
    kind = ChatKind.PRIVATE if to else ChatKind.SAY
    assert decode(payload.data.decode()) == ChatMessage(kind, text, to=to)


@given(st.binary(), CARRIED, CARRIED)
def test_wrapped_bytes_follow_their_announcement(data: bytes, to: str, label: str) -> None:
    announcement, content = wrapped(data, to, label)
    assert (announcement.is_text, content) == (True, Payload(data, is_text=False))
    said = decode(announcement.data.decode())
    assert (said.kind, said.to, said.size) == (ChatKind.PRIVATE if to else ChatKind.SAY, to, len(data))
    assert said.text == (label or f"{len(data)} byte{'' if len(data) == 1 else 's'}")


@given(messages)
def test_a_question_is_one_text(message: ChatMessage) -> None:
    try:
        (payload,) = asked(message)
    except SendFailed:
        return  # hypothesis has put half of a surrogate pair into it
    assert payload.is_text
    assert decode(payload.data.decode()).kind is message.kind
