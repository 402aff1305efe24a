"""What the system refused, in words."""

import errno
import os
from pathlib import Path

from servers.logs import visible

_WORDS = {
    errno.ENOENT: "it is not there any more",
    errno.EACCES: "it is not allowed",
    errno.EPERM: "it is not allowed",
    errno.EROFS: "the disk can only be read",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk is full for this user",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EEXIST: "something of that name is there already",
    errno.ELOOP: "the links in its path lead in a circle",
    errno.ENOTDIR: "a part of its path is not a folder",
    errno.EISDIR: "it is a folder",
}


def reason(error: OSError) -> str:
    """Why, as a clause without a full stop."""
    if error.errno in _WORDS:
        return _WORDS[error.errno]
    return visible(error.strerror or (os.strerror(error.errno) if error.errno else type(error).__name__))


def reading_fault(error: OSError) -> str:
    """A sentence for something that cannot be listed."""
    return f"It cannot be read: {reason(error)}."


def changing_fault(error: OSError, what: str) -> str:
    """A sentence for a change that failed; ``what`` names it, such as “rename of “a””."""
    about = f" ({visible(Path(error.filename).name)})" if isinstance(error.filename, str) else ""
    return f"The {what} failed: {reason(error)}{about}. Nothing has been changed."
