"""Texts of `.http` files, for tests that make them up."""

from hypothesis import strategies as st

from desktop.explorer.http_files.http_file import Part, parse

_LINES = st.sampled_from(
    [
        "",
        " ",
        "###",
        "### a",
        "# b",
        "// @name c",
        "# @timeout 5 s",
        "# @no-redirect",
        "# @auth bearer x",
        "# @path a b",
        "# @blank-lines 2",
        "@d = e",
        "GET http://h",
        "POST http://h HTTP/1.1",
        "GRAPHQL http://h",
        " ?f",
        "G: 1",
        "H:2 ",
        "# I: 3",
        "  more",
        "Authorization: Basic a b",
        "X-Request-Type: GraphQL",
        "< ./i",
        "< {%",
        "> {%",
        "%}",
        "{{",
        "}}",
        "/*",
        "*/",
        "HTTP/1.1 200 OK",
    ]
)


def _joined(lines: list[tuple[str, str]], mark: str, last: str) -> str:
    return mark + "".join(line + end for line, end in lines) + last


FILES = st.builds(
    _joined,
    st.lists(st.tuples(_LINES, st.sampled_from(["\n", "\n", "\r\n"])), max_size=25),
    st.sampled_from(["", "", "\ufeff"]),
    _LINES,
)
"""Files with everything that means something, their line ends mixed."""


def part(text: str) -> Part:
    """The one part of a file."""
    (only,) = parse(text).parts
    return only
