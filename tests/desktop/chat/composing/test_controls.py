"""For whom a message is, and in which form."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.chat.composing.controls import Controls
from desktop.chat.composing.to_box import AS_TYPED, EVERYONE, To
from desktop.chat.outgoing import Form


@pytest.fixture
def controls(owner: QWidget, qtbot: QtBot) -> Controls:
    """The controls, in a window of their own."""
    controls = Controls(owner)
    with qtbot.waitExposed(owner):
        owner.show()
    return controls


def offers(controls: Controls) -> list[str]:
    return [controls.to_box.itemText(row) for row in range(controls.to_box.count())]


def test_names_are_offered_where_the_chat_is_spoken(controls: Controls) -> None:
    assert not controls.to_box.isVisible()
    controls.show_names(("anna", "b\u202eert"))
    assert controls.to_box.isVisible()
    assert offers(controls) == ["Everyone", "Only anna", "Only b\\u202eert", "The server, as typed"]
    assert controls.to == EVERYONE
    QTest.keyClick(controls.to_box, Qt.Key.Key_Down)
    QTest.keyClick(controls.to_box, Qt.Key.Key_Down)
    assert controls.to == To("b\u202eert")
    QTest.keyClick(controls.to_box, Qt.Key.Key_End)
    assert controls.to == AS_TYPED


def test_a_choice_stays_when_its_client_has_gone_or_the_chat_ends(controls: Controls) -> None:
    controls.show_names(("anna",))
    controls.to_box.choose(To("anna"))
    controls.show_names(("bert",))
    assert controls.to == To("anna")
    assert controls.to_box.currentText() == "Only anna (gone)"
    controls.show_names(None)
    assert controls.to == EVERYONE
    controls.show_names(("anna",))
    assert controls.to_box.currentText() == "Only anna"
    assert controls.to == To("anna")


def test_a_name_that_nobody_has_told_is_not_said_to_be_gone(controls: Controls) -> None:
    controls.to_box.choose(To("anna"))
    controls.show_names(())
    assert controls.to_box.currentText() == "Only anna"


def test_the_list_waits_for_who_is_there_when_it_is_first_opened(controls: Controls, qtbot: QtBot) -> None:
    to_box = controls.to_box
    for _ in range(2):
        controls.show_names(())
        with qtbot.waitSignal(to_box.asked):
            to_box.showPopup()
        assert not to_box.view().isVisible()
        controls.show_names(("anna",))
        assert to_box.view().isVisible()
        assert offers(controls) == ["Everyone", "Only anna", "The server, as typed"]
        to_box.hidePopup()
        with qtbot.assertNotEmitted(to_box.asked):
            to_box.showPopup()
        assert to_box.view().isVisible()
        to_box.hidePopup()
        controls.show_names(None)


def test_the_list_opens_also_if_nobody_tells_who_is_there(controls: Controls, qtbot: QtBot) -> None:
    controls.show_names(())
    controls.to_box.showPopup()
    qtbot.waitUntil(controls.to_box.view().isVisible)
    controls.to_box.hidePopup()


def test_the_list_stays_as_it_is_while_it_is_open(controls: Controls, qtbot: QtBot) -> None:
    controls.show_names(())
    controls.to_box.showPopup()
    controls.show_names(("anna", "bert"))
    controls.show_names(("bert",))
    assert offers(controls)[1:3] == ["Only anna", "Only bert"]
    controls.to_box.view().setCurrentIndex(controls.to_box.model().index(2, 0))
    QTest.keyClick(controls.to_box.view(), Qt.Key.Key_Return)
    assert controls.to == To("bert")
    qtbot.waitUntil(lambda: offers(controls) == ["Everyone", "Only bert", "The server, as typed"])
    assert controls.to == To("bert")


def test_forms_are_chosen_by_key_and_told(controls: Controls, qtbot: QtBot) -> None:
    for form in (Form.JSON, Form.HEX, Form.BASE64, Form.FILE):
        with qtbot.waitSignal(controls.form_chosen):
            QTest.keyClick(controls.form_box, Qt.Key.Key_Down)
        assert controls.form is form
        assert controls.form_box.currentText() == form.value


def test_labels_lead_to_their_boxes(controls: Controls) -> None:
    buddies = {label.text(): label.buddy() for label in controls.findChildren(QLabel)}
    assert buddies == {"&As": controls.form_box, "&To": controls.to_box}
