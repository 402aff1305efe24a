"""The dialog that says for a whole file or folder who sends its requests."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.explorer.model.auth import Bearer
from desktop.explorer.tabs.auth_dialog import AuthDialog
from desktop.tasks import TaskSet
from tests.conftest import Run
from tests.desktop.explorer.pages import until
from tests.desktop.explorer.sessions import session


def fail(error: BaseException, where: str) -> None:
    raise AssertionError(where) from error


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_a_file_keeps_its_encoding_and_its_secrets_go_elsewhere(
    run: Run, qtbot: QtBot, tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "a.http"
    path.write_bytes("# é\n### One\nGET http://h/\n".encode(encoding))
    owner = QWidget()
    qtbot.addWidget(owner)

    async def scenario() -> None:
        tasks = TaskSet(fail)
        async with session() as one:
            AuthDialog(one, tasks, path, tmp_path, owner).reject()
            dialog = AuthDialog(one, tasks, path, tmp_path, owner)
            dialog.open()
            await until(lambda: len(tasks) == 0)
            dialog.page.show_auth(Bearer("abc"))
            written: list[Path] = []
            dialog.written.connect(written.append)
            dialog.accept()
            await until(lambda: bool(written))
            text = path.read_bytes().decode(encoding)
            assert "abc" not in text
            assert "é" in text
            assert "@auth bearer {{" in text
            await tasks.close()

    run(scenario())
