"""A request is copied as code, with or without the values of its variables."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.explorer.model.request import Request
from desktop.explorer.snippets.languages import Language
from desktop.explorer.tabs import copy_menu
from desktop.explorer.tabs.copy_menu import CopyMenu


@pytest.fixture
def menu(owner: QWidget, monkeypatch: pytest.MonkeyPatch) -> CopyMenu:
    def write(request: Request) -> str:
        return f"code {request.url}"

    monkeypatch.setattr(copy_menu, "LANGUAGES", (Language("Code", "txt", write),))
    return CopyMenu(lambda: Request("GET", "http://me:secret@h/"), lambda: Request("GET", "{{host}}/"), owner)


def test_with_values_and_without(menu: CopyMenu) -> None:
    (code, _, values, _) = menu.menu.actions()
    code.trigger()
    assert QGuiApplication.clipboard().text() == "code http://me:secret@h/"
    values.trigger()
    code.trigger()
    assert QGuiApplication.clipboard().text() == "code {{host}}/"


def test_secrets_are_hidden_on_demand(menu: CopyMenu) -> None:
    (code, _, _, hidden) = menu.menu.actions()
    hidden.trigger()
    code.trigger()
    assert QGuiApplication.clipboard().text() == "code http://me:***@h/"


def test_the_buttons_have_names_and_tips(menu: CopyMenu) -> None:
    for button in menu.buttons:
        assert button.accessibleName()
        assert button.toolTip()
    assert menu.copy_button.menu() is menu.menu
