"""What reading a curl command gives, and how it fails."""

from dataclasses import dataclass

from desktop.explorer.model.request import Request


class NotCurl(Exception):
    """The text is no curl command, or one that curl itself refuses."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Pasted:
    """The requests of a command in order; each of ``warnings`` is a sentence on what could not be carried over."""

    requests: tuple[Request, ...]
    warnings: tuple[str, ...] = ()
