"""What the variables in a text stand for at this moment, as fields show it."""

from desktop.widgets.key_value_model import Remark
from desktop.widgets.variables import Provider, fill, variables_in

HIDDEN = "••••••"
"""Stands for a secret; its length tells nothing."""


def unresolved(text: str, provider: Provider | None) -> tuple[str, ...]:
    """The names in a text that have no value; none as long as nobody provides variables."""
    names = variables_in(text) if "{{" in text else ()
    if not names or provider is None:
        return ()
    variables = provider()
    return tuple(name for name in names if variables.get(name) is None)


def preview(text: str, provider: Provider | None) -> str:
    """The text with its variables replaced and secrets hidden; empty where it has no variables."""
    names = variables_in(text) if "{{" in text else ()
    if not names or provider is None:
        return ""
    variables = provider()
    secret = {one.name for one in variables.known() if one.secret}
    values = {name: HIDDEN if name in secret else variables.get(name) for name in names}
    return fill(text, {name: value for name, value in values.items() if value is not None})


def remark(text: str, provider: Provider | None) -> Remark:
    """What there is to say about the variables in a text."""
    missing = unresolved(text, provider)
    return Remark(without_value(missing), fault=True) if missing else Remark(preview(text, provider))


def without_value(names: tuple[str, ...]) -> str:
    """The sentence about variables without a value; empty for none."""
    if not names:
        return ""
    return f"No value for {', '.join(f'{{{{{name}}}}}' for name in names)}."
