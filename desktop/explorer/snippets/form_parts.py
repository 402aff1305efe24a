"""A multipart body as parts that curl puts together by itself."""

import re
from dataclasses import dataclass

from desktop.explorer.model import multipart
from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.body_files import file_line
from desktop.explorer.model.prepared import InvalidRequest
from desktop.explorer.model.request import Request
from servers.exchange import Headers

_HEAD = re.compile(
    r'Content-Disposition: form-data; name="(?P<name>[^"\r\n]*)"(?:; filename="(?P<filename>[^"\r\n]*)")?'
    r"(?:\r?\nContent-Type: (?P<type>[^\r\n;\"]+(?:; [^\r\n;\"]+)?))?(?:\r?\n)?"
)
_MEDIA_TYPE = re.compile(r"multipart/form-data; ?boundary=[^;]+")


@dataclass(frozen=True, slots=True)
class FormPart:
    """``value`` is the content, or with ``is_file`` the path of a file; ``type`` is empty where none is said."""

    name: str
    value: str
    is_file: bool
    filename: str | None
    type: str


def form_parts(request: Request, headers: Headers) -> tuple[FormPart, ...] | None:
    """The parts; None for a body that is none, or that would come out otherwise."""
    types = [value for name, value in headers if name.lower() == "content-type"]
    if request.kind is not BodyKind.MULTIPART or isinstance(request.body, bytes) or len(types) != 1:
        return None
    if not _MEDIA_TYPE.fullmatch(types[0]):
        return None
    try:
        mime = multipart.parse(request.body, multipart.boundary_of(headers))
    except InvalidRequest:
        return None
    parts = [_part(part.head, part.content) for part in mime.parts]
    fit = tuple(part for part in parts if part is not None)
    return fit if len(fit) == len(parts) else None


def _part(head: str, content: str) -> FormPart | None:
    found = _HEAD.fullmatch(head)
    if found is None or not found["name"] or "=" in found["name"] or re.search(r"%22|%0[AD]", head):
        return None
    file = file_line(content) if content.startswith("<") and "\n" not in content else None
    if file is None and any(line.startswith("<") and file_line(line) for line in content.split("\n")):
        return None
    if (file is not None and file.fill) or (file is None and (found["filename"] is not None or "\0" in content)):
        return None
    if file is not None and (not found["type"] or found["filename"] == ""):
        return None  # curl would say a type of its own
    value = file.path if file is not None else content
    return FormPart(found["name"], value, file is not None, found["filename"], found["type"] or "")
