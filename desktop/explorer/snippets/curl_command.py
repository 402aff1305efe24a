"""A request as a curl command, for bash and for the command prompt of Windows."""

import re
from collections.abc import Callable, Iterator

from desktop.explorer.model.request import Request
from desktop.explorer.snippets.curl_words import (
    Words,
    auth_words,
    first_words,
    form_words,
    header_words,
    option_words,
)
from desktop.explorer.snippets.form_parts import FormPart, form_parts
from desktop.explorer.snippets.pieces import Piece
from desktop.explorer.snippets.plan import Plan, plan_of
from desktop.explorer.snippets.shells import bash_word, cmd_word, printf_words

_LONGEST_ARGUMENT = 100_000
"""Bytes: a bit less than what Linux hands to a program in one argument."""

_LONGEST_LINE = 8191
"""Characters that cmd.exe takes."""

_STANDARD_INPUT = ("--data-binary", "@-")
_UNTYPABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_BODY_FILE = "body.bin"


def curl_bash(request: Request) -> str:
    """For bash and its like; it sends the same method, target, headers and body."""
    plan, parts = _planned(request)
    data, before = _bash_data(plan, parts)
    lines = _lines(plan, parts, data, bash_word, " \\\n  ")
    return "".join(f"# {note}\n" for note in plan.notes) + before + lines


def curl_cmd(request: Request) -> str:
    """For cmd.exe of Windows; a body that cannot be typed there has to be in a file."""
    plan, parts = _planned(request)
    data, notes = _cmd_data(plan, parts)
    command = _lines(plan, parts, data, cmd_word, " ^\n  ")
    if len(command) > _LONGEST_LINE:
        notes = (*notes, f"The command is longer than the {_LONGEST_LINE:,} characters that cmd takes.")
    return "".join(f"rem {' '.join(note.split())}\n" for note in (*plan.notes, *notes)) + command


def _planned(request: Request) -> tuple[Plan, tuple[FormPart, ...] | None]:
    plan = plan_of(request)
    return plan, form_parts(request, plan.headers)


def _lines(
    plan: Plan, parts: tuple[FormPart, ...] | None, data: Words, quoted: Callable[[str], str], joint: str
) -> str:
    groups = _groups(plan, parts, data)
    return joint.join(" ".join(map(quoted, words)) for words in groups) + "\n"


def _groups(plan: Plan, parts: tuple[FormPart, ...] | None, data: Words) -> Iterator[Words]:
    yield first_words(plan, sends_data=bool(data or parts))
    yield from header_words(plan, is_form=parts is not None)
    yield from auth_words(plan.auth)
    yield from option_words(plan.options)
    yield from map(form_words, parts or ())
    if data:
        yield data


def _bash_data(plan: Plan, parts: tuple[FormPart, ...] | None) -> tuple[Words, str]:
    """The arguments for the body, and what has to stand before the command to give it."""
    if parts is not None or not plan.body:
        return (), ""
    if len(plan.body) == 1 and plan.body[0].path:
        return ("--data-binary", f"@{plan.body[0].path}"), ""
    if plan.files:
        return _STANDARD_INPUT, f"{{ {' '.join(map(_printing, plan.body))} }} | "
    text = _typable(plan.content)
    if text is None or len(plan.content) > _LONGEST_ARGUMENT:
        return _STANDARD_INPUT, f"{printf_words(plan.content)} | "
    return ("--data-raw", text), ""


def _printing(piece: Piece) -> str:
    return f"cat {bash_word(piece.path)};" if piece.path else f"{printf_words(piece.data)};"


def _cmd_data(plan: Plan, parts: tuple[FormPart, ...] | None) -> tuple[Words, Words]:
    """The arguments for the body, and what to say of it."""
    if parts is not None or not plan.body:
        return (), ()
    if len(plan.body) == 1 and plan.body[0].path:
        return ("--data-binary", f"@{plan.body[0].path}"), ()
    text = None if plan.files else _typable(plan.content)
    if text is None or _UNTYPABLE.search(text):
        return ("--data-binary", f"@{_BODY_FILE}"), (
            f"The body has bytes that cannot be typed here: save it as {_BODY_FILE} first.",
        )
    return ("--data-raw", text), ()


def _typable(data: bytes) -> str | None:
    """The data as text, if an argument can hold it."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
