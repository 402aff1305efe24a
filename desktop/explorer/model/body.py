"""What kinds of bodies a request can have, and what goes to the wire of them."""

import enum
from dataclasses import dataclass
from pathlib import Path


class BodyKind(enum.Enum):
    """How the text of a body is meant; the value is the word that is shown.

    The text is always what stands in a `.http` file: of FORM ``a=b&c=d``; of MULTIPART the MIME text with its boundary,
    ``< ./file`` inside parts; of FILE a line ``< ./file`` (``<@ ./file`` with variables replaced, ``<@latin1 ./file``
    in that charset), perhaps among other lines; of GRAPHQL the query, then after a blank line its variables as a JSON
    object.
    """

    NONE = "None"
    JSON = "JSON"
    XML = "XML"
    TEXT = "Text"
    HTML = "HTML"
    FORM = "Form"
    MULTIPART = "Multipart"
    FILE = "File"
    GRAPHQL = "GraphQL"


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file that is sent as it is; its ``size`` in bytes when the request was prepared."""

    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class Upload:
    """A body that is partly on the disk; it is read while it is sent."""

    segments: tuple[bytes | FilePart, ...]

    @property
    def size(self) -> int:
        """Bytes in all."""
        return sum(len(one) if isinstance(one, bytes) else one.size for one in self.segments)


Payload = bytes | Upload


def size_of(payload: Payload) -> int:
    """Bytes that go to the wire, without chunk framing."""
    return len(payload) if isinstance(payload, bytes) else payload.size


def start_of(payload: Payload, length: int) -> bytes:
    """At most the first ``length`` bytes that are in memory anyhow; a file shows as its name in angle brackets."""
    if isinstance(payload, bytes):
        return payload[:length]
    named = (
        one if isinstance(one, bytes) else f"<{one.path.name}, {one.size:,} bytes>".encode() for one in payload.segments
    )
    return b"".join(named)[:length]
