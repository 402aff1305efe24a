"""Files with one JSON object; what happens to damaged ones is tested with those that use them."""

import logging
from pathlib import Path

from desktop.json_file import read_object, write_object

log = logging.getLogger("portside.test")


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "file.json"
    assert read_object(path, "The values", log) == {}
    write_object(path, {"text": "ä\ud800", "more": [1]}, mode=0o600)
    assert read_object(path, "The values", log) == {"text": "ä\ud800", "more": [1]}
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["file.json"]
