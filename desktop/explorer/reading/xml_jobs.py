"""The work of the XPath filter, for a child process: elements are cut out of the source, not written anew."""

from collections.abc import Callable, Iterable
from pyexpat import ExpatError, ParserCreate
from typing import Any

from lxml import etree

from desktop.explorer.reading.content import charset_of
from desktop.explorer.reading.filter_jobs import FilterError, Place, Report, Showing, whole
from desktop.explorer.reading.source import Source

DEFAULT_PREFIX = "_"
"""The prefix of the document's default namespace: XPath 1.0 has no other way to name it."""


def select_xml(source: Source, expression: str, content_type: str, report: Report) -> int:
    """Report what an XPath 1.0 selects; how much that is. Raises FilterError."""
    data = whole(source)
    charset = charset_of(content_type) if "charset" in content_type.lower() else None
    html = content_type.partition(";")[0].strip().lower() == "text/html"
    root = _parsed(data, html, charset)
    try:
        select = etree.XPath(expression, namespaces=_namespaces(root, expression), regexp=False)
        selected = select(root.getroottree())
    except etree.XPathError as error:
        raise FilterError(f"This is not an XPath 1.0 for this body: {str(error).rstrip('.')}.") from None
    showing = Showing(report)
    values = list(showing.counted(selected if isinstance(selected, list) else [selected]))
    places = {} if html else _places(data, root, [value for value in values if _is_element(value)], charset)
    for value in values:
        start, end = places.get(value, (-1, -1)) if _is_element(value) else (-1, -1)
        text = data[start:end] if start >= 0 else _written(value, html)
        showing.show(text, Place(start, end, _path(value)))
    return showing.end()


def _parsed(data: bytes, html: bool, charset: str | None) -> Any:
    common: dict[str, Any] = {"no_network": True, "huge_tree": False, "encoding": charset}
    parser: Any = (
        etree.HTMLParser(**common)
        if html
        else etree.XMLParser(resolve_entities=False, load_dtd=False, strip_cdata=False, **common)
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.ParseError, ValueError, LookupError) as error:
        kind = "HTML" if html else "well-formed XML"
        raise FilterError(f"The body is not {kind}, so that no XPath applies: {str(error).rstrip('.')}.") from None
    if root is None:
        raise FilterError("The body is empty.")
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise FilterError("The body declares entities of its own. These may stand for anything; it is not filtered.")
    return root


def _namespaces(root: Any, expression: str) -> dict[str, str]:
    """The prefixes of the document; of one that means several namespaces, the first."""
    found: dict[str, str] = {}
    if ":" in expression:
        for element in root.iter("*"):
            for prefix, uri in element.nsmap.items():
                found.setdefault(prefix or DEFAULT_PREFIX, uri)
    return {prefix: uri for prefix, uri in found.items() if uri}


def _places(data: bytes, root: Any, elements: list[Any], charset: str | None) -> dict[Any, tuple[int, int]]:
    """Where elements stand in the source: expat counts them in the same order, and knows their offsets."""
    wanted = set(elements)
    numbers = {number: element for number, element in enumerate(root.iter("*")) if element in wanted}
    parser = ParserCreate(charset)
    finder = _Finder(numbers, lambda: parser.CurrentByteIndex)
    parser.StartElementHandler = finder.start
    parser.EndElementHandler = finder.end
    try:
        parser.Parse(data, True)
    except (ExpatError, ValueError, LookupError):  # an encoding that only one of the two knows
        return {}
    return {numbers[number]: (start, _end(data, end)) for number, (start, end) in finder.found.items()}


class _Finder:
    """Notes where the elements with certain numbers start and end."""

    def __init__(self, numbers: Iterable[int], offset: Callable[[], int]) -> None:
        self.found: dict[int, tuple[int, int]] = {}
        self._offset = offset
        self._numbers = frozenset(numbers)
        self._count = 0
        self._open: list[tuple[int, int]] = []

    def start(self, _name: str, _attributes: object) -> None:
        self._open.append((self._count, self._offset()))
        self._count += 1

    def end(self, _name: str) -> None:
        number, start = self._open.pop()
        if number in self._numbers:
            self.found[number] = start, self._offset()


def _end(data: bytes, offset: int) -> int:
    """The end of an element whose end tag, or end, is at an offset."""
    return data.index(b">", offset) + 1 if data.startswith(b"</", offset) else offset


def _is_element(value: object) -> bool:
    return isinstance(value, etree._Element) and isinstance(value.tag, str)


def _written(value: Any, html: bool) -> bytes:
    if isinstance(value, etree._Element):
        text: bytes = etree.tostring(value, encoding="utf-8", method="html" if html else "xml", with_tail=False)
        return text
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return (str(value).lower() if isinstance(value, bool) else str(value)).encode("utf-8", "surrogatepass")


def _path(value: Any) -> str:
    """The path of a node; empty for a number, a truth value, or a text that was put together."""
    if isinstance(value, etree._Element):
        return str(value.getroottree().getpath(value))
    parent = value.getparent() if hasattr(value, "getparent") else None
    if parent is None:
        return ""
    path = str(parent.getroottree().getpath(parent))
    return f"{path}/@{value.attrname}" if value.is_attribute else f"{path}/text()"
