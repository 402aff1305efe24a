"""What keeps two writers from losing an update: writes that depend on a condition (RFC 9110, section 13)."""

from collections.abc import Collection

from servers.conditions import FieldValues, matches, matches_strongly
from servers.guard import Refusal

__all__ = ["check_if_match", "check_if_none_match", "matches"]


def check_if_match(values: FieldValues, tags: Collection[str]) -> None:
    """Refuse (412) a request whose If-Match fields name none of the present entity ``tags`` (section 13.1.1)."""
    if values and not matches_strongly(values, tags):
        raise Refusal(
            412, "The resource is no longer what If-Match names: somebody has changed it. Get it again first."
        )


def check_if_none_match(values: FieldValues, tags: Collection[str]) -> None:
    """Refuse (412) a write whose If-None-Match fields name a present entity tag (section 13.1.2)."""
    if matches(values, tags):
        raise Refusal(412, "The resource is what If-None-Match says that it must not be.")
