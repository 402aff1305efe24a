"""How a command proves who sends its request."""

from desktop.explorer.curl.arguments import Operation
from desktop.explorer.model.auth import Auth, Basic, Bearer, Digest, Inherit, NoAuth

_SCHEMES = ("basic", "digest", "anyauth")


def auth_of(operation: Operation, warnings: list[str], *, removed: bool) -> Auth:
    """What -u, --oauth2-bearer and the choice among schemes come to; ``removed`` is ``-H Authorization:``."""
    token, user = operation.texts.get("oauth2-bearer"), operation.texts.get("user")
    if removed:
        return NoAuth()
    if user is not None and (operation.on("digest") or operation.on("anyauth")):
        if token is not None or operation.on("basic") or operation.on("anyauth"):
            warnings.append("curl would choose among several ways to sign in; here it is Digest.")
        return Digest(*_credentials(user, warnings))
    if token is not None:
        return Bearer(token)
    return Inherit() if user is None else Basic(*_credentials(user, warnings))


def _credentials(user: str, warnings: list[str]) -> tuple[str, str]:
    name, colon, password = user.partition(":")
    if not colon:
        warnings.append(f"curl would ask for the password of “{name}”; it is empty here.")
    return name, password
