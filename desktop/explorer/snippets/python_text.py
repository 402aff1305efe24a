"""Pieces of Python code that every library of HTTP needs."""

import re
from textwrap import indent

from desktop.explorer.model.options import Options
from desktop.explorer.snippets.pieces import Piece
from desktop.explorer.snippets.plan import Plan

_INDENT = " " * 4
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_PLAIN_URL = re.compile(r"(?:[A-Za-z0-9._~/?&=:+,;@!$()*-]|%[0-9A-F]{2})+")
_NEEDLESS = re.compile(r"%(?:2D|2E|5F|7E|3\d|[46][1-9A-F]|[57][0-9A])|/\.\.?(?:[/?]|\Z)")


def call(function: str, arguments: list[str]) -> str:
    """A call with each argument on a line of its own."""
    lines = "".join(f"{one},\n" for one in arguments)
    return f"{function}(\n{indent(lines, _INDENT)})"


def comments(notes: tuple[str, ...]) -> str:
    """A line of comment for each sentence."""
    return "".join(f"# {' '.join(note.split())}\n" for note in notes)


def method_notes(plan: Plan, library: str) -> list[str]:
    """What the libraries do to methods in small letters."""
    return [] if plan.method == plan.method.upper() else [f"{library} sends the method in capitals."]


def headers(plan: Plan, more: str = "", *, left_out: tuple[str, ...] = ()) -> str:
    """The list of pairs; ``more`` are lines of its end, ``left_out`` names in lower case."""
    rows = [(name, value) for name, value in plan.headers if name.lower() not in left_out]
    return "[\n" + indent("".join(f"({name!r}, {value!r}),\n" for name, value in rows) + more, _INDENT) + "]"


def body(pieces: tuple[Piece, ...]) -> str:
    """An expression for the bytes; files are read whole."""
    made = [f"Path({piece.path!r}).read_bytes()" if piece.path else _literal(piece.data) for piece in pieces]
    if len(made) == 1:
        return made[0]
    return "b''.join(\n" + indent("[\n" + indent("".join(f"{one},\n" for one in made), _INDENT) + "]\n", _INDENT) + ")"


def is_kept(url: str) -> bool:
    """Whether libraries that tidy URLs up leave this one as it is."""
    return _PLAIN_URL.fullmatch(url) is not None and _NEEDLESS.search(url) is None


def context(options: Options) -> str:
    """Statements for what certificates are trusted and shown; empty where the usual is wanted."""
    if not (options.ca_file or options.client_cert):
        return ""
    lines = ["context = ssl.create_default_context()"]
    if not options.verify:
        lines += ["context.check_hostname = False", "context.verify_mode = ssl.CERT_NONE"]
    if options.ca_file:
        lines.append(f"context.load_verify_locations({options.ca_file!r})")
    if options.client_cert:
        lines.append(f"context.load_cert_chain({options.client_cert!r}, {options.client_key or None!r})")
    return "".join(f"{line}\n" for line in lines)


def seconds(value: float | None) -> str:
    """A number of seconds, or None."""
    return "None" if value is None else f"{value:.10g}"


def _literal(data: bytes) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return repr(data)
    lines = _LINES.findall(text)
    made = [repr(line.encode()) if text.isascii() else repr(line) for line in lines]
    joined = made[0] if len(made) == 1 else "(\n" + indent("".join(f"{one}\n" for one in made), _INDENT) + ")"
    return joined if text.isascii() else f"{joined}.encode()"
