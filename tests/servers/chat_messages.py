"""Random messages of the chat subprotocol, and random JSON that is nearly one, for property tests."""

from typing import Any

from hypothesis import strategies as st

from servers.chat_protocol import LAST_NUMBER, ChatKind, ChatMessage

_numbers = st.none() | st.integers(0, LAST_NUMBER)
_lists = st.lists(st.text(), max_size=4)


def _messages(kinds: st.SearchStrategy[ChatKind], to: st.SearchStrategy[str]) -> st.SearchStrategy[ChatMessage]:
    text = st.text()
    return st.builds(ChatMessage, kinds, text, text, text, _numbers, _numbers, to, text, _lists.map(tuple))


messages = _messages(
    st.sampled_from(ChatKind).filter(lambda kind: kind is not ChatKind.PRIVATE), st.text()
) | _messages(st.just(ChatKind.PRIVATE), st.text(min_size=1))
"""Messages that the subprotocol has, with any content."""

json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)

_fields: dict[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from([kind.value for kind in ChatKind]),
    "text": st.text(),
    "sender": st.text(),
    "time": st.text(),
    "id": _numbers | st.integers(-2, 2**70) | st.floats(-2, 2**60).map(lambda number: float(round(number))),
    "size": _numbers,
    "to": st.text(),
    "was": st.text(),
    "clients": _lists,
}

near_messages: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {}, optional={name: values | values | values | json_values for name, values in _fields.items()}
)
"""Objects with the subprotocol's fields, of which some have the wrong type."""
