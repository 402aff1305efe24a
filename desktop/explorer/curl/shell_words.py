"""What commands consist of, whichever shell they were written for."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Input:
    """What a command reads from its standard input: a text, or the file at a path.

    The text of a here document is filled in when its lines are read, which is behind the command.
    """

    text: str = ""
    path: str = ""


@dataclass(slots=True)
class Command:
    """One command: its words, its input, and the command in front of the pipe that it reads from."""

    words: list[str] = field(default_factory=list)
    input: Input | None = None
    source: "Command | None" = None


@dataclass(frozen=True, slots=True)
class Script:
    """Commands in order, and sentences on what only a shell could know."""

    commands: tuple[Command, ...]
    warnings: tuple[str, ...] = ()
