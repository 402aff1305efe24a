"""The words and buttons where there is nothing yet."""

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.widgets.empty_state import EmptyState


def test_words_change_and_a_title_without_words_is_hidden(qtbot: QtBot) -> None:
    state = EmptyState("folder", "Nothing yet", None)
    qtbot.addWidget(state)
    assert (state.text.text(), state.title.isHidden()) == ("Nothing yet", True)
    state.say("First", "then <b>")
    assert (state.title.text(), state.title.isHidden(), state.text.text()) == ("First", False, "then <b>")


def test_picture_and_buttons_follow_the_scheme(qtbot: QtBot, qapp: QApplication) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    theme.apply(qapp, theme.Scheme.DARK)
    state = EmptyState("folder", "", owner)
    button = state.add_button("Add", "plus")
    with qtbot.waitExposed(owner):
        owner.show()
    before = state.picture.pixmap().toImage(), button.icon().pixmap(16, 16).toImage()
    theme.apply(qapp, theme.Scheme.LIGHT)
    qtbot.waitUntil(lambda: state.picture.pixmap().toImage() != before[0])
    assert button.icon().pixmap(16, 16).toImage() != before[1]
