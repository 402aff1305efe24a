"""What is said when a file cannot be stored."""

import errno
from http import HTTPStatus

from servers.guard import Refusal
from servers.http.site import missing
from servers.logs import visible

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}
_MANY = {errno.EMFILE, errno.ENFILE}
_BAD_NAME = {errno.ENAMETOOLONG, errno.EILSEQ, errno.EINVAL}


def taken(name: str, how: str) -> Refusal:
    """The answer where a file would have to be replaced; ``how`` is a sentence about how to say that it may."""
    return Refusal(409, f"“{visible(name)}” exists already, and nothing was changed. {how}")


def no_file(name: str) -> Refusal:
    """The answer where a folder or a link would have to be replaced."""
    return Refusal(409, f"“{visible(name)}” is the name of something here that is no plain file. Choose another name.")


def cannot_store(error: OSError) -> Refusal:
    """The answer to what the system says about a file or its folder."""
    if error.errno in _FULL:
        return Refusal(507, "There is not enough space on this server's disk. Nothing was stored.")
    if error.errno in _FORBIDDEN:
        return Refusal(403, "This server may not write into that folder.")
    if error.errno in _GONE:
        return missing()
    if error.errno in _MANY:
        return Refusal(503, "Too many files are open. Try again in a moment.", {"Retry-After": "1"})
    if error.errno in _BAD_NAME:
        return Refusal(400, "The disk of this server takes no file of that name.")
    return Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, f"The file could not be stored: {error.strerror or error}.")
