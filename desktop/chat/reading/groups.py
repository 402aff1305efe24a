"""The groups of transcript entries that are shown or hidden together."""

import enum

from desktop.chat.entry import Entry, EntryKind


class Group(enum.Enum):
    """What a reader takes for one kind of entry; the value is its name on the screen."""

    OWN = "Own messages"
    BROADCAST = "Broadcasts"
    REPLY = "Special replies"
    ECHO = "Echoes"
    PRIVATE = "Private messages"
    PLAIN = "Plain messages"
    BINARY = "Binary messages"
    PEOPLE = "Joining, leaving, names"
    PING = "Pings and pongs"
    AUTOMATIC = "Automatic pings and pongs"
    CONNECTION = "Opening and closing"
    NOTICE = "Notices and errors"


_GROUPS = {
    EntryKind.OWN: Group.OWN,
    EntryKind.BROADCAST: Group.BROADCAST,
    EntryKind.REPLY: Group.REPLY,
    EntryKind.ECHO: Group.ECHO,
    EntryKind.PRIVATE: Group.PRIVATE,
    EntryKind.PLAIN: Group.PLAIN,
    EntryKind.BINARY: Group.BINARY,
    EntryKind.JOIN: Group.PEOPLE,
    EntryKind.LEAVE: Group.PEOPLE,
    EntryKind.NAME: Group.PEOPLE,
    EntryKind.CLIENTS: Group.PEOPLE,
    EntryKind.PING: Group.PING,
    EntryKind.PONG: Group.PING,
    EntryKind.OPEN: Group.CONNECTION,
    EntryKind.CLOSE: Group.CONNECTION,
    EntryKind.ERROR: Group.NOTICE,
    EntryKind.NOTICE: Group.NOTICE,
}

ALL = frozenset(Group)
AT_FIRST = ALL - {Group.AUTOMATIC}
"""What is shown unless somebody chooses otherwise: pings that only keep a connection alive are nothing to read."""


def group_of(entry: Entry) -> Group:
    """The one group of an entry; bytes are binary messages, whoever sent them and whatever announced them."""
    group = _GROUPS[entry.kind]
    return Group.AUTOMATIC if entry.automatic and group is Group.PING else group
