"""Puts the script of live reload into pages."""

import codecs

SCRIPT_PATH = "/.portside/live.js"
TAG = f'<script src="{SCRIPT_PATH}" async></script>'.encode()

_PROBE = 1024
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def inject(html: bytes) -> bytes:
    """The page with the script at its very end, from where browsers take it into the body as its last element.

    That is so also behind the end tags of body and html (HTML Living Standard, section 13.2.6.4, “after after body”),
    so nothing in the page needs to be understood. One in UTF-16 or UTF-32 is left as it is: these bytes would be other
    characters there.
    """
    return html if html.startswith(_UTF_16) or b"\0" in html[:_PROBE] else html + TAG
