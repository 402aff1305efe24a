"""The pages of the REST service: Jinja templates in the resources folder, everything in them escaped."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from servers.resources import resource_path

# What XML 1.0 cannot hold (section 2.2), what HTML counts as an error, and what would turn the direction of the text.
_UNSHOWN = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


class Style:
    """A style sheet that stands in the page; ``policy`` lets browsers use it, and nothing else (CSP, level 3)."""

    def __init__(self, name: str, *, form_action: str) -> None:
        text = resource_path("rest", name).read_text(encoding="utf-8")
        digest = b64encode(sha256(text.encode()).digest()).decode()
        self.css = Markup(text)  # noqa: S704 - a file of ours
        self.policy = {
            "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
            f"form-action {form_action}; base-uri 'none'; frame-ancestors 'none'"
        }


def render(name: str, **context: object) -> str:
    """The text of the template ``name`` filled with ``context``. A name that the template misses raises.

    Characters that nobody could see, or that would change how others are seen, are written as their escapes.
    """
    return _UNSHOWN.sub(_escape, _environment().get_template(name).render(context))


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(resource_path("rest")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
