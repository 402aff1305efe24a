"""Commands of curl that try an operation, to be copied into a shell."""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from json import dumps
from typing import Any
from urllib.parse import quote, urlencode

_JSON = ("application/json", "application/merge-patch+json")


def command(
    base: str,
    path: str,
    method: str,
    parameters: Sequence[Mapping[str, Any]],
    content: Mapping[str, Any],
    *,
    secured: bool,
) -> str:
    """The command for an operation, with the examples of its path variables and its body."""
    for one in parameters:
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", quote(str(one["example"]), safe=""))
    options = [["curl"] if method == "get" else ["curl", "-X", method.upper()]]
    options += [["-H", "Authorization: Bearer TOKEN"]] if secured else []
    options += _body(content)
    lines = [shlex.join(one) for one in (*options, [f"{base}{path}"])]
    return (" \\\n  " if len(lines) > 2 else " ").join(lines)


def _body(content: Mapping[str, Any]) -> Iterator[list[str]]:
    """The options that send the first example there is."""
    for media_type, described in content.items():
        if "example" in described:
            example = described["example"]
            is_json = media_type in _JSON
            if is_json:
                yield ["-H", f"Content-Type: {media_type}"]
            yield ["-d", dumps(example, ensure_ascii=False) if is_json else urlencode(example, doseq=True)]
            return
