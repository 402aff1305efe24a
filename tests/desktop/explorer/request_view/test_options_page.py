"""Tests of the options: every one comes back as it was shown, and the defaults are told."""

from dataclasses import fields, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.explorer.model.options import Options
from desktop.explorer.request_view.options_page import OptionsPage
from tests.desktop.explorer.request_view.scopes import scope

OTHERS = Options(
    timeout=0.0005,
    connect_timeout=None,
    follow=False,
    max_redirects=5000,
    keep_method=True,
    verify=False,
    ca_file="a{{x}}",
    client_cert="b",
    client_key="c",
    proxy="http://p:1",
    keep_alive=False,
    cookies=False,
    log=False,
    comments=False,
    without=frozenset({"host"}),
)
SECONDS = st.one_of(st.none(), st.floats(0, 1e9))


@pytest.fixture
def page(qtbot: QtBot) -> OptionsPage:
    """A page with variables."""
    page = OptionsPage()
    qtbot.addWidget(page)
    page.set_variables(scope)
    page.resize(600, 600)
    page.show()
    return page


def test_every_option_is_there() -> None:
    assert all(getattr(OTHERS, one.name) != one.default for one in fields(Options))


@pytest.mark.parametrize("options", [Options(), OTHERS, replace(OTHERS, proxy="none")])
def test_what_is_shown_comes_back(qtbot: QtBot, page: OptionsPage, options: Options) -> None:
    with qtbot.assertNotEmitted(page.changed):
        page.show_options(options)
    assert page.options() == options


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(timeout=SECONDS, connect=SECONDS, most=st.integers(0, 10**6), proxy=st.sampled_from(["system", "none", "x"]))
def test_looking_changes_no_number(
    page: OptionsPage, timeout: float | None, connect: float | None, most: int, proxy: str
) -> None:
    options = Options(timeout=timeout, connect_timeout=connect, max_redirects=most, proxy=proxy)
    page.show_options(options)
    assert page.options() == options


def test_editing_is_told(qtbot: QtBot, page: OptionsPage) -> None:
    with qtbot.waitSignal(page.changed):
        page.seconds["timeout"].setValue(2.5)
    assert page.options().timeout == 2.5
    page.seconds["timeout"].setValue(0)
    assert page.options().timeout is None
    with qtbot.waitSignal(page.changed):
        page.boxes["follow"].click()
    assert not page.redirects.isEnabled()
    with qtbot.waitSignal(page.changed):
        page.proxy.kind.setCurrentIndex(2)
    assert page.options().proxy == "system"
    QTest.keyClicks(page.proxy.field, "http://p")
    assert page.options().proxy == "http://p"
    assert page.count == 2


def test_back_to_the_defaults(qtbot: QtBot, page: OptionsPage) -> None:
    assert not page.reset.isEnabled()
    page.show_options(OTHERS)
    with qtbot.waitSignal(page.changed):
        page.reset.click()
    assert page.options() == Options(without=OTHERS.without)


def test_the_cookie_jar_can_be_asked_for(qtbot: QtBot, page: OptionsPage) -> None:
    with qtbot.waitSignal(page.cookies_wanted):
        page.cookies.click()


def test_unresolved_variables_are_named(page: OptionsPage) -> None:
    page.show_options(Options(client_cert="{{who}}", proxy="http://{{host}}"))
    assert page.missing.text() == "No value for {{who}}."


def test_a_file_is_chosen_or_dropped(qtbot: QtBot, page: OptionsPage) -> None:
    file = page.files["ca_file"]
    file.choose.click()
    dialog = page.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit("/a/b.pem")
    dialog.close()
    assert page.options().ca_file == "/a/b.pem"
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/c d.pem")])
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    file.dropEvent(QDropEvent(QPointF(1, 1), Qt.DropAction.CopyAction, mime, button, none))
    assert page.options().ca_file == "/c d.pem"


def test_the_wheel_changes_only_what_has_the_focus(page: OptionsPage) -> None:
    box = page.seconds["connect_timeout"]
    page.boxes["log"].setFocus()
    at, none = QPointF(5, 5), Qt.KeyboardModifier.NoModifier
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    wheel = QWheelEvent(
        at, QPointF(box.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, 120), buttons, none, phase, False
    )
    QApplication.sendEvent(box, wheel)
    assert page.options() == Options()


def test_everything_has_a_name(page: OptionsPage) -> None:
    named = [*page.seconds.values(), page.redirects, page.proxy.kind, page.proxy.field]
    named += [file.field for file in page.files.values()]
    assert all(field.accessibleName() for field in named)
