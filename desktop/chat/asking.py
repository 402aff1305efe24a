"""What a chat window asks of its server besides messages, and who is told where that fails."""

from collections.abc import Callable, Coroutine

from desktop.chat.link import Link
from desktop.chat.session import SendFailed
from desktop.tasks import TaskSet


class Asking:
    """Asks over the connection of ``link``; without one nothing is asked. ``complain`` gets why it could not be."""

    def __init__(self, link: Link, tasks: TaskSet, complain: Callable[[str], None]) -> None:
        self._link = link
        self._tasks = tasks
        self._complain = complain

    def ping(self, data: bytes = b"") -> None:
        """Whether it is there (RFC 6455, section 5.5.2)."""
        if self._link.session is not None:
            self._ask(self._link.session.ping(data))

    def names(self) -> None:
        """Who is in the room."""
        if self._link.session is not None:
            self._ask(self._link.session.ask_names())

    def look_around(self, wanted: bool) -> None:
        """Who is in the room, if somebody wants to know it and the server can tell."""
        if wanted and self._link.is_open and self._link.session is not None and self._link.session.speaks_chat:
            self.names()

    def rename(self, name: str) -> None:
        """Another name for oneself."""
        if self._link.session is not None:
            self._ask(self._link.session.rename(name))

    def _ask(self, question: Coroutine[object, object, None]) -> None:
        self._tasks.spawn(self._asked(question), name="asking a chat server")

    async def _asked(self, question: Coroutine[object, object, None]) -> None:
        try:
            await question
        except SendFailed as failure:
            self._complain(str(failure))
