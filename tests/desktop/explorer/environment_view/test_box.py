"""Tests of the box in which an environment is chosen."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.explorer.environment_view.box import EnvironmentBox

KEY = Qt.Key


def shown(qtbot: QtBot) -> EnvironmentBox:
    box = EnvironmentBox()
    qtbot.addWidget(box)
    box.show()
    return box


def offered(box: EnvironmentBox) -> list[str]:
    return [box.combo.itemText(number) for number in range(box.combo.count())]


def test_it_says_that_there_is_none(qtbot: QtBot) -> None:
    box = shown(qtbot)
    assert offered(box) == ["No environment"]
    box.show_environments((), "", ())
    assert box.combo.currentText() == "No environment"
    assert not box.fault.isVisible()


def test_another_one_is_chosen_by_the_keyboard(qtbot: QtBot) -> None:
    box = shown(qtbot)
    names: list[str] = []
    box.chosen.connect(names.append)
    box.show_environments(("dev", "a\u202eb"), "dev", ())
    assert offered(box) == ["No environment", "dev", "a\\u202eb"]
    QTest.keyClick(box.combo, KEY.Key_Down)
    QTest.keyClick(box.combo, KEY.Key_Home)
    assert names == ["a\u202eb", ""]


def test_the_wheel_changes_nothing_in_passing(qtbot: QtBot) -> None:
    box = shown(qtbot)
    box.show_environments(("dev", "prod"), "dev", ())
    box.edit.setFocus()
    place = QPointF(5, 5)
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    turn = QWheelEvent(place, place, QPoint(), QPoint(0, -120), none, Qt.KeyboardModifier.NoModifier, phase, False)
    QApplication.sendEvent(box.combo, turn)
    assert box.combo.currentText() == "dev"


def test_a_chosen_one_that_is_not_there_is_shown_as_missing(qtbot: QtBot) -> None:
    box = shown(qtbot)
    box.show_environments(("dev",), "prod", ())
    assert box.combo.currentText() == "prod (missing)"
    box.show_environments(("dev", "prod"), "prod", ())
    assert box.combo.currentText() == "prod"


def test_faults_have_a_word_an_icon_and_a_sentence(qtbot: QtBot) -> None:
    box = shown(qtbot)
    box.show_environments(("dev",), "dev", ("It is not JSON (line 2).", "Nor is this."))
    assert box.fault.isVisible()
    assert box.fault.text() == "Fault"
    assert not box.fault.icon().isNull()
    assert box.fault.toolTip() == "<p>It is not JSON (line 2).<br>Nor is this.</p>"
    assert "line 2" in box.fault.accessibleName()
    for button in (box.fault, box.edit):
        with qtbot.waitSignal(box.edit_wanted):
            QTest.keyClick(button, KEY.Key_Space)


def test_it_is_narrow_and_follows_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    box = shown(qtbot)
    box.show_environments(("x" * 100,), "x" * 100, ("fault",))
    assert box.minimumSizeHint().width() <= 240
    theme.apply(qapp, theme.Scheme.LIGHT)
    qapp.processEvents()
    light = box.fault.icon().cacheKey()
    try:
        theme.apply(qapp, theme.Scheme.DARK)
        qtbot.waitUntil(lambda: box.fault.icon().cacheKey() != light)
    finally:
        theme.apply(qapp, theme.Scheme.LIGHT)
