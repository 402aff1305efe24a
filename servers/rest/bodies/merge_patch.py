"""JSON merge patch (RFC 7396)."""

from servers.rest.strict_json import Json


def merged(target: Json, patch: Json) -> Json:
    """What ``target`` becomes by ``patch`` (section 2); neither is changed."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result
