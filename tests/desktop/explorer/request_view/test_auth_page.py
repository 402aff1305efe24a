"""Tests of the authorization: every kind comes back as it was shown, and secrets are hidden."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.explorer.model.auth import ApiKey, Auth, Basic, Bearer, Digest, Grant, Inherit, NoAuth, OAuth2, Place
from desktop.explorer.request_view.auth_page import AuthPage
from desktop.widgets.fields.secret_field import SecretField
from desktop.widgets.fields.variable_field import VariableField
from tests.desktop.explorer.request_view.scopes import scope

OAUTH2 = OAuth2(Grant.PASSWORD, "t", "a", "i", "s", "x y", "u", "p", in_body=True)


@pytest.fixture
def page(qtbot: QtBot) -> AuthPage:
    """A page with variables."""
    page = AuthPage()
    qtbot.addWidget(page)
    page.set_variables(scope)
    page.resize(600, 500)
    page.show()
    return page


def shown(page: AuthPage) -> set[str]:
    return {name for name, field in page.fields.items() if field.isVisible()}


def secret(page: AuthPage, name: str) -> SecretField:
    field = page.fields[name]
    assert isinstance(field, SecretField)
    return field


@pytest.mark.parametrize(
    "auth",
    [
        Inherit(),
        NoAuth(),
        Basic("u", "p"),
        Bearer("t"),
        ApiKey("n", "v", Place.QUERY),
        ApiKey(),
        Digest("u\u00a0", "p"),
        OAUTH2,
        OAuth2(),
    ],
)
def test_what_is_shown_comes_back(qtbot: QtBot, page: AuthPage, auth: Auth) -> None:
    with qtbot.assertNotEmitted(page.changed):
        page.show_auth(OAUTH2)
        page.show_auth(auth)
    assert page.auth() == auth


@pytest.mark.parametrize(
    ("auth", "names"),
    [
        (NoAuth(), set()),
        (Bearer(), {"token"}),
        (ApiKey(), {"name", "value", "place"}),
        (OAuth2(), {"grant", "token_url", "client_id", "client_secret", "scope", "in_body"}),
        (
            OAuth2(Grant.PASSWORD),
            {"grant", "token_url", "client_id", "client_secret", "scope", "in_body", "user", "password"},
        ),
        (
            OAuth2(Grant.AUTHORIZATION_CODE),
            {"grant", "token_url", "client_id", "client_secret", "scope", "in_body", "authorize_url"},
        ),
    ],
)
def test_only_the_fields_that_are_needed_are_there(page: AuthPage, auth: Auth, names: set[str]) -> None:
    page.show_auth(auth)
    assert shown(page) == names
    assert all(field.accessibleName() for field in page.findChildren(VariableField))


def test_what_was_typed_is_kept_for_another_kind(qtbot: QtBot, page: AuthPage) -> None:
    page.show_auth(Basic("ann", "{{key}}"))
    with qtbot.waitSignal(page.changed):
        page.kind.setCurrentText("Digest")
    assert page.auth() == Digest("ann", "{{key}}")


def test_what_is_inherited_is_told_without_its_secrets(page: AuthPage) -> None:
    page.show_auth(Inherit())
    assert "goes without" in page.about.text()
    page.show_inherited(Basic("ann", "s3cret"), "Players")
    assert page.about.text() == "From “Players”: Basic, user ann."
    assert page.used == Basic("ann", "s3cret")
    page.show_inherited(NoAuth(), "Players")
    assert page.about.text() == "“Players” has nothing to inherit: the request goes without."
    page.show_inherited(ApiKey("k", "s3cret"), "")
    assert page.about.text() == "From a folder: API key k in a header."
    page.show_inherited(replace(OAUTH2, token_url=""), "P")
    assert page.about.text() == "From “P”: OAuth 2, password."


def test_secrets_are_hidden_unless_they_are_wanted(page: AuthPage) -> None:
    page.show_auth(Bearer("abc"))
    token = secret(page, "token")
    assert token.field.echoMode() == QLineEdit.EchoMode.Password
    assert token.field.preview() == ""
    QTest.mouseClick(token.reveal, Qt.MouseButton.LeftButton)
    assert token.field.echoMode() == QLineEdit.EchoMode.Normal
    page.show_auth(Bearer("def"))
    assert token.field.echoMode() == QLineEdit.EchoMode.Password
    page.show_auth(Bearer("{{key}}"))
    assert token.field.echoMode() == QLineEdit.EchoMode.Normal


def test_a_secret_that_is_typed_out_is_told(page: AuthPage) -> None:
    page.show_auth(Basic("ann", "{{key}}"))
    assert not page.secret.isVisible()
    secret(page, "password").field.setText("s3cret")
    assert page.secret.text().startswith("When saved, the password will be kept in the private environment")
    page.show_auth(replace(OAUTH2, client_secret="{{a}}", password=""))
    assert not page.secret.isVisible()
    assert page.missing.text() == "No value for {{a}}."
