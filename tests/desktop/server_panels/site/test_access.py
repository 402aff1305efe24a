"""Who may use the site: CORS, and a user name with a password."""

import aiohttp
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop.server_panels.settings.reach import LOCAL_NETWORK
from servers.settings import Cors
from tests.conftest import Run, until
from tests.desktop.server_panels.settings.stage import click
from tests.desktop.server_panels.site.stage import Stage


def write(field: QLineEdit, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, key)


def test_any_origin_comes_with_a_warning(site: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            access = panel.access
            access.cors.setFocus()
            QTest.keyClick(access.cors, Qt.Key.Key_End)
            assert site.server.settings.cors is Cors.ANY
            assert access.cors_warning.text().endswith("can read this site while this is on.")
            site.control.change(cors=Cors.LOCAL)
            assert access.cors.currentText() == "This computer"
            assert not access.cors_warning.isVisible()

    run(scenario())


def test_a_user_name_and_a_password_are_set_and_followed(site: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            access = panel.access
            await until(panel.isActiveWindow)
            write(access.user, "anna", Qt.Key.Key_Tab)
            assert access.remark.text().startswith("The password is empty")
            assert access.password.field.hasFocus()
            write(access.password.field, "top secret")
            settings = site.server.settings
            assert (settings.user, settings.password) == ("anna", "top secret")
            assert not access.remark.isVisible()
            site.control.change(user="", password="other")
            assert access.user.text() == ""
            assert access.password.field.text() == "other"
            assert access.remark.text() == "Without a user name nobody is asked for the password."

    run(scenario())


def test_the_server_asks_from_the_next_request_on(site: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel, aiohttp.ClientSession() as client:
            await site.server.start()
            await until(panel.isActiveWindow)
            write(panel.access.password.field, "top secret")
            write(panel.access.user, "anna")
            known = {"Authorization": aiohttp.encode_basic_auth("anna", "top secret")}
            for headers, status in (({}, 401), (known, 200)):
                async with client.get(site.control.url, headers=headers) as response:
                    assert response.status == status

    run(scenario())


@pytest.mark.parametrize("wrong", ["an:na", "an\x07na"])
def test_a_user_name_that_cannot_be_sent_is_refused_in_place(site: Stage, run: Run, wrong: str) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            access = panel.access
            await until(panel.isActiveWindow)
            write(access.user, "anna")
            access.user.insert(wrong)
            access.user.selectAll()
            access.user.setModified(True)
            access.user.insert(wrong)
            access.user.setModified(True)
            QTest.keyClick(access.user, Qt.Key.Key_Return)
            assert access.remark.text().startswith("A user name must not contain")
            assert site.server.settings.user == "anna"
            site.control.change(spa=True)
            assert access.user.text() == wrong
            assert access.remark.isVisible()
            write(access.user, "berta")
            assert site.server.settings.user == "berta"
            assert "must not" not in access.remark.text()

    run(scenario())


def test_what_is_being_typed_is_left_alone(site: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            await until(panel.isActiveWindow)
            panel.access.user.setFocus()
            QTest.keyClicks(panel.access.user, "an")
            site.control.change(user="other", password="secret")
            assert panel.access.user.text() == "an"
            assert panel.access.password.field.text() == "secret"

    run(scenario())


def test_the_password_is_hidden_until_it_is_asked_for(site: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            password = panel.access.password
            assert password.field.echoMode() is QLineEdit.EchoMode.Password
            click(password.reveal)
            assert password.field.echoMode() is QLineEdit.EchoMode.Normal
            click(password.reveal)
            assert password.field.echoMode() is QLineEdit.EchoMode.Password

    run(scenario())


def test_a_password_that_the_network_can_read_is_warned_of(site: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            site.control.change(user="anna", password="x", host=LOCAL_NETWORK)
            assert panel.access.remark.text().startswith("Without TLS")
            site.control.change(tls=True)
            assert not panel.access.remark.isVisible()

    run(scenario())
