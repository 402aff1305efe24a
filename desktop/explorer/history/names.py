"""Names of headers and members whose values are secrets."""

import re
from functools import lru_cache

_KINDS = r"(?:access|refresh|id|auth|api|session|security|bearer|csrf|xsrf|private|x[-_]amz[-_]security)?"
_TOKEN = rf"{_KINDS}[-_]?token"
_NAMES = r"(?:password|passwd|passphrase|secret|api[-_]?key|access[-_]?key|private[-_]?key|signature)"
_MEMBER = rf"(?:{_TOKEN}|[\w.-]*?{_NAMES}|pwd|sig|(?:client[-_]?)?assertion|code[-_]?verifier|device[-_]?code)"

# Each starts with a character whose case does not matter, so that the search for it is fast.

JSON_MEMBER = re.compile(r'"([\w.-]{2,64}+)"(\s*+:\s*+")((?:[^"\\]|\\.)*+)(?=")', re.DOTALL)
"""A member of a JSON object, secret or not: its name, what stands between, its text as written."""

QUERY_MEMBER = re.compile(rf"[?&;#]((?i:{_MEMBER}))(=)([^&#;\s\"'<>]*)")
"""A member of a query or of a fragment."""

FORM_MEMBER = re.compile(rf"(?:\A|[&\r\n])[ \t]*((?i:{_MEMBER}))([ \t]*=)([^&\r\n]*)")
"""A member of a form, in lines or not."""

XML_MEMBER = re.compile(rf"<(?:[\w.-]{{1,64}}:)?((?i:{_MEMBER}))((?:\s[^<>]*+)?>)([^<]+)(?=</)")
"""An element with text alone: its name without the prefix, the rest of its tag, its text as written."""

PART = re.compile(rf'name="((?i:{_MEMBER}))("[^\r\n]*+(?:\r?\n[^\r\n]++)*+\r?\n\r?\n)([^\r\n]*)')
"""A part of a multipart body: its name, the rest of its head, the first line of its value."""

USERINFO = re.compile(r"//([^/?#:@\s]*)(:)([^/?#@\s]*)(?=@)")
"""User and password in front of the host of a URL."""

COOKIE = re.compile(r"\s*(?:([^=;]*)(=))?+([^;]*)")
"""A cookie among others; one without “=” is a value without a name (RFC 6265bis, section 5.6)."""

TOKENS = re.compile(rb'"(?:access_token|refresh_token|id_token)"\s*+:\s*+"([^"\\]{6,})"')
"""A token in the answer of a token endpoint (RFC 6749, section 5.1)."""

_HEADER = re.compile(
    rf"(?:.*[-_])?(?:authorization|{_TOKEN}|api[-_]?key|access[-_]?key|secret|password|passwd|signature)", re.IGNORECASE
)


_ALONE = re.compile(_MEMBER, re.IGNORECASE)


@lru_cache(maxsize=1024)
def is_secret_member(name: str) -> bool:
    """Whether the value of a member is a secret."""
    return _ALONE.fullmatch(name) is not None


def is_secret_header(name: str) -> bool:
    """Whether the value of a header proves who sends it; cookies are told apart."""
    return _HEADER.fullmatch(name.strip()) is not None
