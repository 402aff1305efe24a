"""How messages go from the box of a chat window over its connection."""

from collections.abc import Callable
from pathlib import Path

from desktop.chat.composing.message_box import MessageBox
from desktop.chat.composing.payload import read_payload
from desktop.chat.link import Link
from desktop.chat.outgoing import Form, Outgoing
from desktop.chat.session import SendFailed
from desktop.tasks import TaskSet

NO_CONNECTION = "Not sent: there is no connection. Connect, then send your message."


class Sender:
    """Sends over the connection of ``link``, and tells ``box`` what became of what it submitted.

    ``filled`` replaces the variables in a text.
    """

    def __init__(self, link: Link, box: MessageBox, filled: Callable[[str], str], tasks: TaskSet) -> None:
        self._link = link
        self._box = box
        self._filled = filled
        self._tasks = tasks

    def submit(self, message: Outgoing) -> None:
        """Send what the box, or somebody in its name, wants to be sent."""
        if not self._link.is_open:
            self._box.refused(message, NO_CONNECTION)
            return
        self._box.set_busy(True)
        self._tasks.spawn(self._deliver(message), name="sending a chat message")

    async def send(self, message: Outgoing) -> None:
        """Send it with its variables filled in. Raises SendFailed."""
        session, whole = self._link.session, message.resolve(self._filled)
        try:
            content = await read_payload(whole)
        except ValueError as error:
            raise SendFailed(str(error)) from None
        if session is None:
            raise SendFailed(NO_CONNECTION)
        label = Path(whole.text).name if whole.form is Form.FILE else ""
        await session.send(content, to=whole.to, raw=whole.raw, label=label)

    async def _deliver(self, message: Outgoing) -> None:
        try:
            await self.send(message)
        except SendFailed as failure:
            self._box.refused(message, str(failure))
        else:
            self._box.accepted(message)
        finally:
            self._box.set_busy(False)
