"""Where a message is written and submitted, and where those that were written before come back."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop import shortcuts, theme
from desktop.chat.composing.checker import Checker, Draft
from desktop.chat.composing.content import Content
from desktop.chat.composing.controls import Controls
from desktop.chat.composing.formatter import Formatter
from desktop.chat.composing.history import History
from desktop.chat.composing.to_box import To
from desktop.chat.keeping.values import outgoing_from, to_json
from desktop.chat.outgoing import Form, Outgoing
from desktop.tasks import TaskSet
from desktop.widgets.fields.previews import unresolved
from desktop.widgets.message_line import MessageLine
from desktop.widgets.variables import Provider, fill

KEPT = 500_000
"""Characters of the history that are kept for the next start; the draft is kept whatever its length."""

_NOTHING = "There is nothing to send. Ctrl+Enter sends an empty message."
_BUSY = "The message before this one is still being sent."
_ASIDE = "What was not sent is in the history: press Up for it."
_CAN_BE_EMPTY = (Form.TEXT, Form.HEX, Form.BASE64)


class MessageBox(QWidget):
    """``submitted`` carries an Outgoing as typed, with nothing wrong but what its file may turn out to be.

    Whoever sends it answers with ``accepted`` or ``refused``. Files and long texts are looked at by ``tasks``.
    """

    submitted = Signal(object)

    def __init__(self, tasks: TaskSet, parent: QWidget) -> None:
        super().__init__(parent)
        self._provider: Provider | None = None
        self._history = History()
        self._is_busy = False
        self._problem = ""
        self._before_file: Form | None = None
        self.content = Content(self)
        self.line = MessageLine(parent=self)
        self.controls = Controls(self)
        self._checker = Checker(self._draft, tasks, self)
        self._formatter = Formatter(self.content.editor, tasks, self)
        self._lay_out()
        self._wire()

    @property
    def history(self) -> tuple[Outgoing, ...]:
        """What was sent or put aside, the oldest first; it can be set."""
        return self._history.entries

    @history.setter
    def history(self, entries: tuple[Outgoing, ...]) -> None:
        self._history.entries = entries

    def set_variables(self, provider: Provider) -> None:
        """Complete, preview and check with these variables."""
        self._provider = provider
        self.refresh()

    def refresh(self) -> None:
        """The values of variables have changed."""
        if self._provider is not None:
            self.content.set_variables(self._provider)
            self._checker.look_soon()

    def set_chat(self, names: tuple[str, ...] | None) -> None:
        """Let the user choose among these others in the room; None where the chat subprotocol is not spoken."""
        self.controls.show_names(names)

    def write_to(self, name: str) -> None:
        """Make ready for a message that only this client of the room gets."""
        self.controls.to_box.choose(To(name))
        self.setFocus()

    def set_busy(self, is_busy: bool) -> None:
        """While a message is being sent, the next can be typed, but not submitted."""
        self._is_busy = is_busy
        self._unsay(_BUSY)

    def set_connected(self, is_connected: bool, sentence: str = "") -> None:
        """Say with this sentence why nothing can be sent while there is no connection."""
        self._unsay(self._problem)
        self._problem = "" if is_connected else sentence
        self.controls.show_problem(self._problem)

    def outgoing(self) -> Outgoing:
        """What is written, as typed."""
        form = self.controls.form
        return Outgoing(self.content.text(form), form, *self.controls.to)

    def show_outgoing(self, outgoing: Outgoing) -> None:
        """Show a message to be edited; what was being written is found in the history, with Up."""
        self._put_aside(self._history.end())
        self._put_aside(self.outgoing())
        self._show(outgoing)
        self.setFocus()

    def accepted(self, outgoing: Outgoing) -> None:
        """It was sent: remember it, and take it away unless something else is written by now."""
        if not self._holds(outgoing):
            self._history.add(outgoing)
            return
        typed = self._history.end()
        self._history.add(outgoing)
        self.content.show_text(outgoing.form, "")
        if typed is not None:
            self._show(typed)
        elif self._before_file is not None:
            self.controls.form = self._before_file
        self._before_file = None
        self._checker.look()

    def refused(self, outgoing: Outgoing, sentence: str) -> None:
        """It was not sent: say why, and keep it; in the history, if something else is written by now."""
        if not self._holds(outgoing):
            if self.outgoing().text:
                self._history.add(outgoing)
                sentence = f"{sentence} {_ASIDE}"
            else:
                self._show(outgoing)
        self._complain(sentence)

    def kept(self) -> dict[str, object]:
        """What is written, and the history, in the types of JSON."""
        history, room = [], KEPT
        for one in reversed(self._history.written):
            room -= len(one.text)
            if room < 0:
                break
            history.append(to_json(one))
        form = self.controls.form
        draft = Outgoing(self.content.text(form), form, *self.controls.to_box.value)
        return {"draft": to_json(draft), "aside": self._aside(), "history": history[::-1]}

    def restore(self, kept: Mapping[str, object]) -> None:
        """Take what ``kept`` gave; what is missing or not understood is left out."""
        history, aside = kept.get("history"), kept.get("aside")
        self.history = tuple(map(outgoing_from, history)) if isinstance(history, list) else ()
        self._show(outgoing_from(kept.get("draft")))
        if self.controls.form is Form.FILE:
            self.content.show_text(Form.TEXT, aside if isinstance(aside, str) else "")

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self._checker.stop()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.XS)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.content, self.line, self.controls):
            layout.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusProxy(self.content)

    def _wire(self) -> None:
        self.content.edited.connect(self._checker.look_soon)
        self.content.entered.connect(self._submit)
        self.content.walked.connect(self._walk)
        self.content.given.connect(self._take_files)
        self.content.editor.refused.connect(self._complain)
        self.controls.form_chosen.connect(self._show_form)
        self.controls.form_box.activated.connect(self._stay)
        self.controls.send.clicked.connect(self._send)
        self.controls.format.clicked.connect(self._formatter.format)
        self._checker.said.connect(self.line.say)
        self._checker.failed.connect(self._complain)
        self._formatter.failed.connect(self._complain)
        self._checker.passed.connect(self.submitted)
        shortcut = QShortcut(QKeySequence(shortcuts.FORMAT_BODY), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._formatter.format)

    def _draft(self) -> Draft:
        written, provider = self.outgoing(), self._provider
        if provider is None:
            return Draft(written)
        values = provider()
        return Draft(written.resolve(lambda text: fill(text, values)), unresolved(written.text, provider))

    def _holds(self, outgoing: Outgoing) -> bool:
        return self.controls.form is outgoing.form and self.content.text(outgoing.form) == outgoing.text

    def _aside(self) -> str:
        """The text that stays in the box while a file is chosen in its place."""
        return self.content.text(Form.TEXT) if self.controls.form is Form.FILE else ""

    def _put_aside(self, outgoing: Outgoing | None) -> None:
        if outgoing is not None and outgoing.text and outgoing not in self.history:
            self._history.add(outgoing)

    def _show(self, outgoing: Outgoing) -> None:
        """Show a message in place of what is shown, which is kept elsewhere or not wanted any more."""
        is_file, was_file = outgoing.form is Form.FILE, self.controls.form is Form.FILE
        if was_file and not is_file:
            self._put_aside(Outgoing(self._aside()))
        elif is_file and not was_file:
            self.content.show_text(Form.TEXT, "")
        self.controls.form = outgoing.form
        self.controls.to_box.choose(To(outgoing.to, outgoing.raw))
        self.content.show_text(outgoing.form, outgoing.text)

    def _walk(self, by: int) -> None:
        shown = self.outgoing()
        step = self._history.older(shown) if by < 0 else self._history.newer(shown)
        if step is not None:
            self._show(step)
            self.content.editor.go_to_line_end(last=by > 0)

    def _take_files(self, files: list[str]) -> None:
        if len(files) > 1:
            self._complain(f"A message is made of one file; these are {len(files):,}. Choose one of them.")
            return
        before = self.controls.form
        self.controls.form = Form.FILE
        self._before_file = before
        self.content.show_text(Form.FILE, files[0])

    def _show_form(self) -> None:
        self.content.show_form(self.controls.form)
        self._checker.look_soon()

    def _stay(self) -> None:
        """The user has chosen the form, so it is not left by itself."""
        self._before_file = None

    def _send(self) -> None:
        self._submit(False)

    def _submit(self, can_be_empty: bool) -> None:
        outgoing = self.outgoing()
        if self._problem:
            self._complain(self._problem)
        elif self._is_busy or self._checker.is_checking:
            self._remark(_BUSY)
        elif not outgoing.text and outgoing.form in _CAN_BE_EMPTY and not can_be_empty:
            self._remark(_NOTHING)
        else:
            self._checker.submit(outgoing)

    def _complain(self, sentence: str) -> None:
        self._checker.stop()
        self.line.say(sentence, fault=True)

    def _remark(self, sentence: str) -> None:
        self._checker.stop()
        self.line.say(sentence)

    def _unsay(self, sentence: str) -> None:
        """Say no longer what was said, if that is what is said now."""
        if sentence and self.line.text() == sentence:
            self._checker.look_soon()
