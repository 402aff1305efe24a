"""To whom a message goes."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.server_panels.clients.target_box import EVERYBODY, Target, TargetBox
from tests.desktop.server_panels.clients.fakes import fake


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    return owner


@pytest.fixture
def box(owner: QWidget) -> TargetBox:
    box = TargetBox(owner)
    box.show()
    return box


def labels(box: TargetBox) -> list[str]:
    return [box.itemText(number) for number in range(box.count())]


def test_everybody_the_rooms_and_the_client_that_is_offered(box: TargetBox) -> None:
    people = {1: fake(1, "Ann"), 2: fake(2, "Ben", "/rooms/blue")}
    box.show_clients(people, {"/": 1, "/rooms/blue": 1})
    assert labels(box) == ["All clients (2)", "Room / (1)", "Room /rooms/blue (1)"]
    assert box.value == EVERYBODY
    box.offer(2, choose=False)
    assert (labels(box)[-1], box.value) == ("Only Ben", EVERYBODY)
    box.offer(1, choose=True)
    assert (labels(box)[-1], box.value) == ("Only Ann", Target(1))


def test_the_choice_outlives_what_was_chosen(box: TargetBox) -> None:
    box.show_clients({1: fake(1, "Ann", "/rooms/blue")}, {"/": 0, "/rooms/blue": 1})
    box.setCurrentIndex(2)
    box.show_clients({}, {"/": 0})
    assert (box.currentText(), box.value) == ("Room /rooms/blue (0)", Target(room="/rooms/blue"))
    box.show_clients({1: fake(1, "Ann")}, {"/": 1})
    box.offer(1, choose=True)
    box.show_clients({}, {"/": 0})
    assert (box.currentText(), box.value) == ("Ann (gone)", Target(1))


def test_another_name_is_taken_up(box: TargetBox) -> None:
    box.show_clients({1: fake(1, "Ann")}, {"/": 1})
    box.offer(1, choose=True)
    box.show_clients({1: fake(1, "Anna\u202e")}, {"/": 1})
    assert box.currentText() == "Only Anna\\u202e"


def test_the_list_does_not_change_under_the_hand_that_opened_it(box: TargetBox) -> None:
    box.showPopup()
    box.show_clients({1: fake(1)}, {"/": 1})
    assert labels(box) == ["All clients"]
    box.hidePopup()
    box.show_clients({1: fake(1)}, {"/": 1})
    assert labels(box) == ["All clients (1)", "Room / (1)"]
