"""One form of a file: its bytes in one coding, with all that a response says about them."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b

from multidict import CIMultiDict

from servers.http.files.codings import IDENTITY
from servers.http.files.opened import Signature
from servers.http.site import Place
from servers.http_dates import http_date

_MTIME = 4  # of a Signature
_OF_UNCHANGED = ("ETag", "Cache-Control", "Vary", "X-Content-Type-Options")


@dataclass(frozen=True, slots=True)
class Form:
    """A file as it can be sent; ``size`` in bytes, ``body`` None where they are read from ``place`` while being sent.

    ``signature`` is that of the file when it was looked at, ``etag`` its strong entity tag with quotes, ``modified``
    the second of its last change. ``headers`` go with a 200, ``unchanged`` with a 304 (RFC 9110, section 15.4.5).
    """

    place: Place
    signature: Signature
    size: int
    body: bytes | None
    etag: str
    modified: int
    headers: CIMultiDict[str]
    unchanged: CIMultiDict[str]

    @property
    def changed_ns(self) -> int:
        """When the file was last changed, in nanoseconds since 1970."""
        return self.signature[_MTIME]


def form_of(
    place: Place, signature: Signature, size: int, body: bytes | None, headers: Mapping[str, str], coding: str
) -> Form:
    """The form of a file as it lies on the disk; ``headers`` are those that have nothing to do with its bytes.

    The entity tag is made from what the file is and, where it is at hand, from what is in it: then even two changes
    within one tick of the file system's clock cannot have the same.
    """
    device, inode, _, length, changed, _ = signature
    digest = blake2b(f"{device} {inode} {length} {changed}".encode(), digest_size=12)
    digest.update(body or b"")
    modified = max(0, min(changed // 1_000_000_000, int(time.time())))  # section 8.8.2.1: never in the future
    own = CIMultiDict(headers, **{"Last-Modified": http_date(modified)})
    plain = Form(place, signature, size, body, f'"{digest.hexdigest()}"', modified, own, own)
    return _tagged(plain, plain.etag, {"Accept-Ranges": "bytes"}) if coding == IDENTITY else _coded(plain, coding)


def compressed(identity: Form, coding: str, body: bytes) -> Form:
    """The form that was made from the file's own bytes."""
    return _coded(replace(identity, size=len(body), body=body), coding)


def _coded(form: Form, coding: str) -> Form:
    """Every coding has an entity tag of its own (section 8.8.3.3); there are no ranges of it."""
    return _tagged(form, f'{form.etag[:-1]}-{coding}"', {"Content-Encoding": coding})


def _tagged(form: Form, etag: str, added: Mapping[str, str]) -> Form:
    headers = CIMultiDict(form.headers)
    headers.popall("Accept-Ranges", None)
    headers["ETag"] = etag
    headers["Content-Length"] = str(form.size)
    headers.update(added)
    unchanged = CIMultiDict((name, headers[name]) for name in _OF_UNCHANGED if name in headers)
    return replace(form, etag=etag, headers=headers, unchanged=unchanged)
