"""The pages of the REST service: Jinja templates in the resources folder, everything in them escaped."""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from servers.resources import resource_path


def render(name: str, **context: object) -> str:
    """The text of the template ``name`` filled with ``context``. A name that the template misses raises."""
    return _environment().get_template(name).render(context)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(resource_path("rest")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
