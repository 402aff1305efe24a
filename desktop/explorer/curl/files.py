"""The files that a command reads."""

from dataclasses import dataclass
from pathlib import Path

from desktop.explorer.curl.ansi import as_text
from desktop.explorer.curl.shell_words import Input

LIMIT = 10_000_000
"""So many bytes of a file at most become a part of a request; a larger one is only referred to."""

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Files:
    """``input`` is what the command finds at ``-``; why a file cannot be read goes to ``warnings``."""

    folder: Path | None
    input: Input | None
    warnings: list[str]

    def text(self, path: str) -> str | None:
        """The text of a file, in which a lone surrogate stands for each byte that is not UTF-8; None without one."""
        if path == STANDARD_INPUT:
            if self.input is None:
                self.warnings.append("What the command reads from its standard input is not known; it is left out.")
                return None
            if not self.input.path:
                return self.input.text
            path = self.input.path
        return self._read(path)

    def reference(self, path: str) -> str:
        """The path to refer to a file by; empty where there is a text instead."""
        path = (self.input.path if self.input is not None else "") if path == STANDARD_INPUT else path
        if not path or path.startswith((".", "/", "{{")) or Path(path).is_absolute():
            return path
        return f"./{path}"

    def place(self, path: str) -> str:
        """The whole path of a file that an option names."""
        return path if self.folder is None or "{{" in path or not path else str(self.folder / path)

    def check(self, path: str) -> None:
        """Say so if a file that is referred to is missing."""
        if "{{" not in path and self.folder is not None and not (self.folder / path).is_file():
            self.warnings.append(f"There is no file “{path}” in the folder of the request.")

    def _read(self, path: str) -> str | None:
        where = Path(path) if self.folder is None else self.folder / path
        if self.folder is None and not where.is_absolute():
            self.warnings.append(f"“{path}” starts at a folder, and the request has none: it cannot be read.")
            return None
        try:
            with where.open("rb") as file:
                data = file.read(LIMIT + 1)
        except (OSError, ValueError):
            self.warnings.append(f"The file “{path}” cannot be read.")
            return None
        if len(data) > LIMIT:
            self.warnings.append(f"“{path}” is too large to become a part of the request as text.")
            return None
        return as_text(data)
