"""What reaches the log from outside: one line a fault, with nothing that could fool a terminal or a reader."""

import logging
import unicodedata

_LINE = 300
"""Characters that a library's line about a client may have."""


class _OneLine(logging.Filter):
    """Turns a library's traceback about a client's bad request into one line; a fault of our own keeps its trace."""

    def filter(self, record: logging.LogRecord) -> bool:
        line = record.getMessage()
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and _is_of_the_client(error):
            line = " ".join(f"{line}: {type(error).__name__}: {error}".split())
            record.exc_info = None
            record.levelno, record.levelname = logging.INFO, "INFO"
        record.msg, record.args = visible(line[:_LINE]), ()
        return True


def _is_of_the_client(error: BaseException) -> bool:
    """Whether a protocol library raised it about what it was sent, or the connection broke."""
    library = type(error).__module__.partition(".")[0] in {"aiohttp", "websockets"}
    return library or isinstance(error, OSError | EOFError)


def protocol_logger(name: str) -> logging.Logger:
    """A logger to hand to a protocol library, so that malformed requests cost one short line each."""
    logger = logging.getLogger(f"portside.{name}")
    if not any(isinstance(one, _OneLine) for one in logger.filters):
        logger.addFilter(_OneLine())
    return logger


def visible(text: str) -> str:
    """``text`` with control, format (bidirectional) and unpaired surrogate characters written as escapes.

    Text that came over the wire goes through this before a log, a terminal, a table or the clipboard shows it.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        c.encode("unicode_escape").decode() if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else c
        for c in text
    )
