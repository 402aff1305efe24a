"""Runs the Autobahn fuzzing client against a WebSocket server, and judges what it reports."""

import json
import subprocess
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.conformance.environment import CannotRun


@dataclass(frozen=True, slots=True)
class Selection:
    """Cases by the suite's patterns, and how many they are: a run that ends early must not pass."""

    patterns: tuple[str, ...]
    count: int


CORE = tuple(f"{group}.*" for group in (1, 2, 3, 4, 5, 6, 7, 10))
COMPRESSED = tuple(
    f"{group}.{setting}.{size}"
    for group, settings in ((12, 5), (13, 7))
    for setting in range(1, settings + 1)
    for size in (1, 2)
)
FAST = Selection((*CORE, *COMPRESSED), 271)
"""Frames, pings, reserved bits, opcodes, fragments, UTF-8, closing; and small messages under permessage-deflate."""

ALL = Selection(("*",), 517)
"""Besides, messages of up to 16 MiB, in up to 131,072 fragments, and all sizes under permessage-deflate."""

PASSED = {"OK", "NON-STRICT", "INFORMATIONAL", "UNIMPLEMENTED"}
CLOSED = {"OK", "INFORMATIONAL"}

OTHER_CLOSE_CODES = {"7.1.5": 1002}
"""A close frame between two fragments of a message: the suite would read back its 1000, and a protocol error (1002) is
answered. Both are a close frame in response, as RFC 6455, section 5.5.1, demands; an endpoint only "typically" echoes
the code, and no data frame may follow a close frame, so that the message begun can never be complete."""


@dataclass(frozen=True, slots=True)
class Result:
    """How one case went, in the suite's words; ``code`` is the close code that the server sent, if any."""

    case: str
    behavior: str
    closing: str
    code: int | None

    @property
    def passed(self) -> bool:
        """Whether the server did what RFC 6455 requires."""
        return self._closed_otherwise or (self.behavior in PASSED and self.closing in CLOSED)

    @property
    def outcome(self) -> str:
        """How it went, as one word of a summary."""
        return f"{self.case} closed with {self.code}" if self._closed_otherwise else self.behavior

    @property
    def _closed_otherwise(self) -> bool:
        """Whether the closing handshake was clean, with a code that is as good as the suite's."""
        return self.closing == "WRONG CODE" and OTHER_CLOSE_CODES.get(self.case, 0) == self.code

    def __str__(self) -> str:
        return f"{self.case}: {self.behavior}, closing {self.closing} with {self.code}"


def run(program: Path, port: int, selection: Selection, folder: Path) -> list[Result]:
    """Run the cases against the server on that port; the full reports are in ``folder``. Raises CannotRun."""
    folder.mkdir(parents=True, exist_ok=True)
    index = folder / "index.json"
    index.unlink(missing_ok=True)
    specification = {
        "outdir": str(folder),
        "servers": [{"agent": "portside", "url": f"ws://127.0.0.1:{port}/"}],
        "cases": selection.patterns,
        "exclude-cases": [],
        "exclude-agent-cases": {},
    }
    (folder / "cases.json").write_text(json.dumps(specification))
    with (folder / "run.log").open("wb") as log:
        command = [str(program), "--mode", "fuzzingclient", "--spec", "cases.json", "--webport", "0"]
        subprocess.run(command, check=False, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
    if not index.exists():
        raise CannotRun(f"The Autobahn test suite ended before its report; {folder / 'run.log'} says why.")
    return _results(json.loads(index.read_text())["portside"])


def _results(cases: dict[str, dict[str, str | int | None]]) -> list[Result]:
    return [
        Result(case, str(one["behavior"]), str(one["behaviorClose"]), _number(one["remoteCloseCode"]))
        for case, one in cases.items()
    ]


def _number(value: str | int | None) -> int | None:
    return value if isinstance(value, int) else None


def summary(results: Iterable[Result]) -> str:
    """How many cases went how, in one line."""
    counts = Counter(one.outcome for one in results)
    return ", ".join(f"{count} {behavior}" for behavior, count in counts.most_common())
