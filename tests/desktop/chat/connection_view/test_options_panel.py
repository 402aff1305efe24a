"""Tests of the options of a connection, through their fields."""

from dataclasses import fields, replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.chat.connection_view.options_panel import OptionsPanel
from desktop.chat.target import AuthKind, ChatWish, HeaderRow, Target
from desktop.widgets.fields.secret_field import SecretField
from desktop.widgets.icon_button import IconButton
from desktop.widgets.proxy_choice import NO_PROXY
from tests.desktop.chat.connection_view.values import provider

FULL = Target(
    "wss://example.com",
    "Ann",
    headers=(HeaderRow("X-API-Key", "{{key}}"), HeaderRow("Accept-Language", "de", enabled=False)),
    subprotocols="chat, superchat",
    chat=ChatWish.NEVER,
    auth=AuthKind.BASIC,
    user="Ann",
    password="secret",
    token="kept",
    origin="https://example.com",
    cookies=False,
    proxy="http://localhost:3128",
    compression=False,
    verify=False,
    ca_file="ca.pem",
    client_cert="cert.pem",
    client_key="key.pem",
    reconnect=True,
)


@pytest.fixture
def panel(qtbot: QtBot) -> OptionsPanel:
    panel = OptionsPanel()
    qtbot.addWidget(panel)
    panel.resize(600, 300)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.activateWindow()
    return panel


def put(panel: OptionsPanel, **values: object) -> None:
    panel.show_target(replace(Target(""), **values))  # type: ignore[arg-type] # any field of a target


def test_every_option_of_a_target_is_shown_and_comes_back(panel: OptionsPanel) -> None:
    assert all(getattr(FULL, one.name) != getattr(Target(""), one.name) for one in fields(Target))
    panel.show_target(FULL)
    assert panel.target("wss://example.com", "Ann") == FULL
    panel.show_target(Target("ws://localhost"))
    assert panel.target("ws://localhost", "") == Target("ws://localhost")


def test_options_that_differ_are_counted_and_go_back(panel: OptionsPanel, qtbot: QtBot) -> None:
    assert panel.target("", "").changed_options == 0
    assert not panel.reset.isEnabled()
    panel.show_target(FULL)
    uncounted = ("url", "name", "user", "password", "token")
    assert panel.target("", "").changed_options == len(fields(Target)) - len(uncounted)
    with qtbot.waitSignal(panel.changed):
        QTest.mouseClick(panel.reset, Qt.MouseButton.LeftButton)
    assert panel.target("", "").changed_options == 0


def test_each_edit_is_told_and_showing_is_not(panel: OptionsPanel) -> None:
    told: list[int] = []
    panel.changed.connect(lambda: told.append(panel.target("", "").changed_options))
    panel.show_target(FULL)
    panel.show_target(Target(""))
    assert told == []
    QTest.keyClicks(panel.texts()["origin"], "n")
    QTest.keyClick(panel.boxes()["reconnect"], Qt.Key.Key_Space)
    QTest.keyClick(panel.auth.box, Qt.Key.Key_Down)
    QTest.keyClick(panel.chat.box, Qt.Key.Key_Down)
    assert told == [1, 2, 3, 4]


def test_a_header_is_typed_with_its_name_completed(panel: OptionsPanel, qtbot: QtBot) -> None:
    panel.headers.setFocus()
    panel.headers.setCurrentIndex(panel.headers.pairs.index(0, 0))
    QTest.keyClick(panel.headers, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    QTest.keyClicks(editor, "user-a")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert panel.target("", "").headers == (HeaderRow("User-Agent", ""),)
    QTest.keyClick(editor, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("kind", "seen"),
    [(AuthKind.NONE, []), (AuthKind.BASIC, ["user", "password"]), (AuthKind.BEARER, ["token"])],
)
def test_each_kind_of_authorization_has_its_fields(panel: OptionsPanel, kind: AuthKind, seen: list[str]) -> None:
    put(panel, auth=kind, user="Ann", password="secret", token="abc")
    assert [name for name in ("user", "password", "token") if panel.fields[name].isVisible()] == seen
    assert panel.auth.about.isVisible() == bool(seen)


def test_secrets_are_hidden_again(panel: OptionsPanel) -> None:
    put(panel, auth=AuthKind.BEARER, token="abc")
    secret = panel.fields["token"]
    assert isinstance(secret, SecretField)
    QTest.mouseClick(secret.reveal, Qt.MouseButton.LeftButton)
    assert secret.field.echoMode() is QLineEdit.EchoMode.Normal
    put(panel, auth=AuthKind.BEARER, token="def")
    assert secret.field.echoMode() is QLineEdit.EchoMode.Password


def test_what_the_chat_subprotocol_means_is_said(panel: OptionsPanel) -> None:
    assert "local network" in panel.chat.about.text()
    panel.chat.setFocus()
    QTest.keyClick(panel.chat.box, Qt.Key.Key_End)
    assert panel.target("", "").chat is ChatWish.NEVER
    assert "a plain client" in panel.chat.about.text()


def test_variables_without_a_value_are_told_where_they_count(panel: OptionsPanel) -> None:
    panel.set_variables(provider({"lang": "de"}))
    put(
        panel,
        headers=(HeaderRow("X-{{a}}", "{{lang}}"), HeaderRow("Y", "{{off}}", enabled=False)),
        origin="{{b}}",
        token="{{unused}}",
    )
    assert panel.fault.text() == "No value for {{a}}, {{b}}."
    panel.set_variables(provider({"a": "1", "b": "http://localhost"}))
    assert panel.fault.text() == "No value for {{lang}}."
    panel.set_variables(provider({"a": "1", "b": "http://localhost", "lang": "de"}))
    assert not panel.fault.isVisible()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"headers": (HeaderRow("My Header", "1"),)}, "is not a header name"),
        ({"headers": (HeaderRow("Upgrade", "h2c"),)}, "The handshake sends Upgrade itself"),
        ({"subprotocols": "a, b c"}, "“b c” is not the name of a subprotocol"),
        ({"auth": AuthKind.BASIC, "user": "a:b"}, "colon"),
        ({"auth": AuthKind.BEARER}, "token is empty"),
    ],
)
def test_what_cannot_be_sent_is_told_while_it_is_typed(
    panel: OptionsPanel, values: dict[str, object], words: str
) -> None:
    put(panel, **values)
    assert words in panel.fault.text()
    put(panel)
    assert not panel.fault.isVisible()


def test_changes_wait_for_the_next_connection(panel: OptionsPanel) -> None:
    panel.show_connected(True)
    assert panel.note.text() == "Changes count from the next connection."
    panel.show_connected(False)
    assert not panel.note.isVisible()


def test_no_proxy_is_a_choice(panel: OptionsPanel) -> None:
    put(panel, proxy=NO_PROXY)
    assert panel.target("", "").proxy == NO_PROXY


def test_tab_reaches_every_field_from_top_to_bottom(panel: OptionsPanel, qtbot: QtBot) -> None:
    panel.show_target(FULL)
    qtbot.waitUntil(lambda: panel.texts()["subprotocols"].y() > panel.headers.geometry().bottom())
    panel.headers.setFocus()
    seen: list[QWidget] = []
    while (widget := QApplication.focusWidget()) is not None and widget not in seen:
        seen.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    within = seen[: seen.index(panel.reset)]
    middles = [widget.mapTo(panel.form, widget.rect().center()).y() for widget in within[1:]]
    assert all(below > above - 5 for above, below in pairwise(middles))
    everything: list[QWidget] = [
        *panel.boxes().values(),
        panel.chat.box,
        panel.auth.box,
        panel.proxy.kind,
        panel.proxy.field,
    ]
    everything += [text for name, text in panel.texts().items() if name not in ("token", "ca_file")]
    everything += [button for button in panel.findChildren(IconButton) if button.isVisible() and button.isEnabled()]
    assert set(everything) <= set(within)


@pytest.mark.parametrize(("width", "height", "stacked"), [(600, 300, False), (384, 250, True)])
def test_it_scrolls_down_only(panel: OptionsPanel, qtbot: QtBot, width: int, height: int, stacked: bool) -> None:
    panel.show_target(FULL)
    panel.resize(width, height)
    field = panel.texts()["origin"]
    qtbot.waitUntil(lambda: (field.x() < 50) is stacked)
    assert panel.page.horizontalScrollBar().maximum() == 0
    assert panel.page.verticalScrollBar().maximum() > 0


def test_what_an_authorization_needs_and_what_is_wrong_can_be_seen(panel: OptionsPanel, qtbot: QtBot) -> None:
    panel.resize(600, 160)
    panel.page.ensureWidgetVisible(panel.auth.box)
    panel.auth.box.setFocus()
    QTest.keyClick(panel.auth.box, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: not panel.fields["token"].visibleRegion().isEmpty())
    assert panel.fault.text().startswith("The Bearer token is empty.")
    assert not panel.fault.visibleRegion().isEmpty()
