"""Puts the script of live reload into pages, at a place where it is an element and nothing else."""

import codecs
import re

SCRIPT_PATH = "/.portside/live.js"
TAG = f'<script src="{SCRIPT_PATH}" async></script>'.encode()

LARGEST = 512 * 1024
"""Bytes of the largest page that gets the script: the loop waits while a page is read."""

_PROBE = 1024
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ESCAPE = b"\x1b"  # of ISO 2022, in which any bytes may be parts of characters

# The tokens of HTML (Living Standard, section 13.2.5), and elements whose content is text, as far as they are closed:
# reading ends before what is not, and before CDATA that has another end in HTML than in SVG. No group may capture
# within a possessive one: Python 3.11 has a fault there.
_TEXT_ELEMENTS = (b"style", b"textarea", b"title", b"xmp", b"iframe", b"noembed", b"noframes", b"noscript")
_OTHERS = b"|".join([*_TEXT_ELEMENTS, b"script", b"plaintext", b"/body"])
_NAMED = rb"(?=[ \t\n\r\f/>])"
_TAG_END = rb"""
    (?: [ \t\n\r\f/]++
      | [^ \t\n\r\f/>] [^ \t\n\r\f/>=]*+ [ \t\n\r\f]*+
        (?: = [ \t\n\r\f]*+ (?: "[^"]*" | '[^']*' | (?!["']) [^ \t\n\r\f>]*+ ) | (?!=) ) )*+ >
"""
_SCRIPT_TEXT = rb"""
    (?: [^<]++
      | <!-- (?: -?> | (?: (?! --> | </?script %(named)s ) .
                         | <script %(named)s (?: (?! --> | </script %(named)s ) . )*+
                           (?: </script %(named)s )?+ )*+ (?: --> )?+ )
      | < (?! !-- | /script %(named)s ) )*+
""" % {b"named": _NAMED}
_TEXT_ELEMENT = b"|".join(
    rb"< %(name)s %(named)s %(end)s (?> .*? </ %(name)s %(named)s ) %(end)s"
    % {b"name": name, b"named": _NAMED, b"end": _TAG_END}
    for name in _TEXT_ELEMENTS
)
_UP_TO_END = re.compile(
    rb"""
    (?: [^<]++
      | < (?! %(others)s ) /? [a-z] [^ \t\n\r\f/>]*+ %(tag_end)s
      | <!-- (?: -?> | .*? --!?> )
      | <!\[CDATA\[ [^>]*+ (?<= \]\] ) >
      | < (?: ! (?! -- | \[CDATA\[ ) | \? | / [^a-z>] ) [^>]*+ >
      | </>
      | <script %(named)s %(tag_end)s %(script_text)s </script %(named)s %(tag_end)s
      | %(text_element)s
      | < (?! [a-z/!?] ) )*+
    ( </body %(named)s %(tag_end)s )?
    """
    % {
        b"others": b"(?: " + _OTHERS + b" )" + _NAMED,
        b"named": _NAMED,
        b"tag_end": _TAG_END,
        b"script_text": _SCRIPT_TEXT,
        b"text_element": _TEXT_ELEMENT,
    },
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


def inject(html: bytes) -> bytes:
    """The page with the script before the last end of a body, else at its end.

    A page in which that place cannot be told for certain is left as it is: one in an encoding that is no superset of
    ASCII, one that ends within a comment, a script or a tag, and one over LARGEST.
    """
    if len(html) > LARGEST or html.startswith(_UTF_16) or b"\0" in html[:_PROBE] or _ESCAPE in html:
        return html
    place = _place(html)
    return html if place is None else html[:place] + TAG + html[place:]


def _place(html: bytes) -> int | None:
    """Where the script goes; None where it can go nowhere."""
    place, position = None, 0
    while (found := _UP_TO_END.match(html, position)) is not None and found[1] is not None:
        place, position = found.start(1), found.end()
    if place is None and found is not None and found.end() == len(html):
        return len(html)
    return place
