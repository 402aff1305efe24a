"""The part of a request below its first line: parameters, headers, authorization, body and options."""

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.explorer.model.auth import Auth, Inherit, NoAuth
from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.request import Request, guess_content_type
from desktop.explorer.request_view.added import added
from desktop.explorer.request_view.auth_page import AuthPage
from desktop.explorer.request_view.body_page import BodyPage
from desktop.explorer.request_view.headers_page import HeadersPage
from desktop.explorer.request_view.options_page import OptionsPage
from desktop.explorer.request_view.params_page import ParamsPage
from desktop.widgets.message_line import MessageLine
from desktop.widgets.variables import Provider

_SETTLED = 150  # ms after the last change
_TITLES = {"params": "&Params", "headers": "&Headers", "auth": "&Auth", "body": "&Body", "options": "&Options"}


class RequestEditor(QTabWidget):
    """``changed`` follows every edit by the user, ``url_edited`` one of the query with the URL that it makes.

    A Content-Type that fits the body appears as a row of its own when a body is typed and there is none; it follows the
    body until its user changes or removes it.
    """

    changed = Signal()
    url_edited = Signal(str)
    cookies_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._method = ""
        self._provider: Provider | None = None
        self._content_type = ""
        self._showing = False
        self.params = ParamsPage(self)
        self.headers = HeadersPage(self)
        self.auth = AuthPage(self)
        self.body = BodyPage(self)
        self.options = OptionsPage(self)
        self.pages = dict(zip(_TITLES, (self.params, self.headers, self.auth, self.body, self.options), strict=True))
        self.faults = {field: MessageLine(parent=self) for field in _TITLES}
        for field, page in self.pages.items():
            self._add_tab(field, page)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLED)
        self._connect()
        self._update()

    def request(self) -> Request:
        """The request as typed; method and URL as they were told last."""
        self.params.commit()
        self.headers.commit()
        self.body.commit()
        return Request(
            self._method,
            self.params.url,
            self.headers.headers(),
            self.body.body(),
            self.body.kind(),
            self.auth.auth(),
            replace(self.options.options(), without=self.headers.without()),
            self.params.ticked_off(),
            self.params.path_values(),
        )

    def show_request(self, request: Request) -> None:
        """Show another request."""
        self._showing = True
        self._method = request.method
        self._content_type = guess_content_type(request.body) if isinstance(request.body, str) else ""
        self.params.show_request(request.url, request.ticked_off, request.path_values)
        self.headers.show_request(request.headers, request.options.without)
        self.auth.show_auth(request.auth)
        self.body.show_body(request.kind, request.body)
        self.options.show_options(request.options)
        self._showing = False
        self._update()
        self._settle()

    def show_url(self, url: str) -> None:
        """Follow the URL that is typed elsewhere."""
        self.params.show_url(url)

    def show_method(self, method: str) -> None:
        """Follow the method that is typed elsewhere."""
        self._method = method
        self._timer.start()

    def show_inherited(self, auth: Auth, source: str) -> None:
        """What the request inherits where its authorization says so; ``source`` is where that stands."""
        self.auth.show_inherited(auth, source)
        self._timer.start()

    def set_variables(self, provider: Provider) -> None:
        """Complete, preview and check with these variables."""
        self._provider = provider
        for page in (self.params, self.headers, self.auth, self.body, self.options):
            page.set_variables(provider)

    def refresh(self) -> None:
        """The values of variables have changed."""
        for page in (self.params, self.headers, self.auth, self.options):
            page.refresh()
        if self._provider is not None:
            self.body.set_variables(self._provider)
        self._timer.start()

    def show_fault(self, field: str, sentence: str) -> None:
        """Say what is wrong on the page ``params``, ``headers``, ``auth``, ``body`` or ``options``, and open it."""
        self.faults[field].say(sentence, fault=True)
        self.setCurrentIndex(list(self.faults).index(field))
        self.pages[field].setFocus()

    def clear_faults(self) -> None:
        """Nothing is wrong any more."""
        for notice in self.faults.values():
            if notice.text():
                notice.say("")

    def _edited(self) -> None:
        if not self._showing:
            self._update()
            self.changed.emit()

    def _follow_content_type(self, wanted: str) -> None:
        before, self._content_type = self._content_type, wanted
        if not self._showing and wanted != before:
            self.headers.follow_content_type(before, wanted)

    def _update(self) -> None:
        """Show in the titles what there is on the pages."""
        marks = {
            "params": _number(self.params.count),
            "headers": _number(self.headers.count),
            "auth": _dot(not isinstance(self.auth.used, Inherit | NoAuth)),
            "options": _number(self.options.count),
        }
        for field, mark in marks.items():
            self._mark(field, mark)
        self.clear_faults()
        self._timer.start()

    def _settle(self) -> None:
        """Do what takes too long for every keystroke, as the body may be long."""
        has_body = self.body.kind() is not BodyKind.NONE and bool(self.body.body())
        self._mark("body", _dot(has_body))
        if self.headers.isVisible():
            self._show_added(has_body)

    def _show_added(self, has_body: bool) -> None:
        """Tell what would be added to the request as it stands."""
        request = Request(
            self._method,
            self.params.url,
            self.headers.headers(),
            options=replace(self.options.options(), without=self.headers.without()),
            path_values=self.params.path_values(),
        )
        self.headers.show_added(added(request, self.auth.used, has_body, self._provider))

    def _mark(self, field: str, mark: str) -> None:
        number, title = list(_TITLES).index(field), _TITLES[field] + mark
        if self.tabText(number) != title:  # Qt lays all tabs out anew
            self.setTabText(number, title)

    def _connect(self) -> None:
        self._timer.timeout.connect(self._settle)
        self.currentChanged.connect(self._timer.start)
        for page in (self.params, self.headers, self.auth, self.body, self.options):
            page.changed.connect(self._edited)
        self.params.url_edited.connect(self.url_edited)
        self.body.content_type_wanted.connect(self._follow_content_type)
        self.options.cookies_wanted.connect(self.cookies_wanted)

    def _add_tab(self, field: str, widget: QWidget) -> None:
        page = QWidget(self)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        layout.setSpacing(theme.S)
        layout.addWidget(self.faults[field])
        layout.addWidget(widget, 1)
        page.setFocusProxy(widget)
        self.addTab(page, _TITLES[field])


def _number(count: int) -> str:
    return f" ({count})" if count else ""


def _dot(is_set: bool) -> str:
    return " •" if is_set else ""
