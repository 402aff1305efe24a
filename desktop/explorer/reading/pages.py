"""An HTML page reduced to what can be shown safely: text and its structure, nothing that runs or is fetched."""

from lxml import etree, html

SHOWN = 64 * 1024
"""At most this many bytes of source are made into a preview: laying it out cannot be interrupted."""

_DROPPED = (
    "script",
    "style",
    "link",
    "iframe",
    "frame",
    "object",
    "embed",
    "base",
    "meta",
    "noscript",
    "template",
    "svg",
)
_KEPT = frozenset(
    {"align", "border", "cellpadding", "cellspacing", "colspan", "rowspan", "start", "type", "value", "width"}
)
_TABLES = 5


def page_preview(text: str) -> str:
    """The page as simple HTML, without its styles; empty where nothing of it can be shown."""
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    for element in list(root.iter(*_DROPPED)):
        element.drop_tree()
    for element in list(root.iter(etree.Element)):
        _simplify(element)
    return str(html.tostring(root, encoding="unicode"))


def _simplify(element: html.HtmlElement) -> None:
    if element.tag == "img":
        element.tag, element.text = "span", f"[{element.get('alt') or 'image'}]"
    elif element.tag == "table" and sum(1 for _ in element.iterancestors("table")) >= _TABLES:
        element.tag = "div"  # laying out nested tables takes twice the time for every level
    href = element.get("href") if element.tag == "a" else None
    for name in list(element.attrib):
        if name not in _KEPT:
            del element.attrib[name]
    if href is not None:
        element.set("href", "#")
        element.set("title", href[:500])
