"""The cookies that a response sets, as a browser would read them (RFC 6265, section 5.2)."""

from dataclasses import dataclass

from servers.exchange import Headers


@dataclass(frozen=True, slots=True)
class SetCookie:
    """One cookie; ``attributes`` are those that were sent, in order, names as written."""

    name: str
    value: str
    attributes: tuple[tuple[str, str], ...] = ()

    def attribute(self, name: str) -> str | None:
        """The last value of an attribute, whatever the case of its name; None where it was not sent."""
        found = [value for key, value in self.attributes if key.lower() == name.lower()]
        return found[-1] if found else None


def cookies_set(headers: Headers) -> tuple[SetCookie, ...]:
    """The cookies of all Set-Cookie fields, in order; a field without a name has an empty one."""
    return tuple(_parse(value) for name, value in headers if name.lower() == "set-cookie")


def _parse(field: str) -> SetCookie:
    pair, *rest = field.split(";")
    name, equals, value = pair.partition("=")
    if not equals:
        name, value = "", pair
    pairs = (one.partition("=") for one in rest)
    attributes = tuple((key.strip(), text.strip()) for key, _, text in pairs if key.strip())
    return SetCookie(name.strip(), value.strip(), attributes)
