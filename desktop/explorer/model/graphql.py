"""A GraphQL request: query and variables in one text, and what is sent of it (GraphQL over HTTP, section 5.3)."""

import json
import re

from desktop.explorer.model.json_comments import with_blank_comments, without_comments
from desktop.explorer.model.prepared import InvalidRequest

# A query may have blank lines and selection sets of its own; what opens a JSON object tells the two apart.
_VARIABLES = re.compile(r'\n[ \t]*\r?\n\s*(?=\{\s*(?:"|\}\s*\Z|\{\{|//|/\*))')
_SKIPPED = re.compile(r'"""(?:\\"""|[\s\S])*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*')
_OPERATION = re.compile(r"\b(?:query|mutation|subscription)\b[ \t]*([A-Za-z_]\w*)?")


def split(body: str) -> tuple[str, str]:
    """The query, and the variables as typed (empty where there are none)."""
    found = _VARIABLES.search(body)
    if found is None:
        return body, ""
    return body[: found.start()].rstrip("\r\n"), body[found.end() :]


def joined(query: str, variables: str) -> str:
    """The text that ``split`` takes apart."""
    return f"{query.rstrip()}\n\n{variables.strip()}" if variables.strip() else query


def operations(query: str) -> tuple[str, ...]:
    """The names of the operations in a document, in order; the name of an anonymous one is empty."""
    plain = _SKIPPED.sub(" ", query)
    outside, depth = [], 0
    for piece in re.split(r"([{}()])", plain):
        if piece in "{(" and piece:
            depth += 1
        elif piece in "})" and piece:
            depth -= 1
        elif depth == 0:
            outside.append(piece)
    return tuple(name for piece in outside for name in _OPERATION.findall(piece))


def encode(body: str) -> str:
    """The JSON object to POST; variables stand in it as typed, without comments. Raises InvalidRequest.

    ``operationName`` is the first operation that has a name, where there are several.
    """
    query, variables = split(body)
    members = [f'"query": {json.dumps(query, ensure_ascii=False)}']
    if variables.strip():
        _check(variables)
        members.append(f'"variables": {without_comments(variables).strip()}')
    names = operations(query)
    named = next(filter(None, names), "")
    if len(names) > 1 and named:
        members.append(f'"operationName": "{named}"')
    return f"{{{', '.join(members)}}}"


def _check(variables: str) -> None:
    """Refuse variables that are not a JSON object; numbers of any length are fine."""
    try:
        value = json.loads(with_blank_comments(variables), parse_int=str, parse_float=str, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise InvalidRequest(
            "body", f"The variables are not JSON: {error.msg} at their line {error.lineno}, column {error.colno}."
        ) from error
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, ValueError) else "they are nested too deeply"
        raise InvalidRequest("body", f"The variables are not JSON: {reason}.") from error
    if not isinstance(value, dict):
        raise InvalidRequest("body", 'The variables must be a JSON object, for example {"id": 5}.')


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is not a number there")
