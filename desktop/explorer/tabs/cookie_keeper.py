"""Shows the cookie jar, and saves it after it has changed."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.explorer.request_view.cookie_dialog import CookieDialog
from desktop.explorer.sending.cookies import CookieJar
from desktop.explorer.workspace.failures import reason
from desktop.tasks import TaskSet


class CookieKeeper(QObject):
    """``tasks`` run the saving; there is one window for the jar."""

    def __init__(self, jar: CookieJar, tasks: TaskSet, parent: QWidget) -> None:
        super().__init__(parent)
        self._jar = jar
        self._tasks = tasks
        self._dialog = CookieDialog(jar, parent)
        self._dialog.changed.connect(self.save)

    def show(self) -> None:
        """Show the cookies."""
        self._dialog.refresh()
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()

    def sent(self) -> None:
        """A request has been sent; it may have changed the cookies."""
        if self._jar.changed:
            self.save()
            if self._dialog.isVisible():
                self._dialog.refresh()

    def save(self) -> None:
        """Save the jar soon."""
        self._tasks.spawn(self._save(), name="saving the cookies")

    async def _save(self) -> None:
        try:
            await self._jar.save()
        except OSError as error:
            self._dialog.say_fault(f"The cookies could not be saved: {reason(error)}.")
