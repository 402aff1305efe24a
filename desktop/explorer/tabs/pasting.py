"""Turns a pasted curl command into requests."""

import asyncio
from pathlib import Path

from desktop.explorer.curl.command import NotCurl, read
from desktop.explorer.tabs.document import Document
from desktop.explorer.tabs.request_tab import RequestTab
from desktop.explorer.tabs.tabs import Tabs

MOST = 20
"""Requests that one text may open: a command with a range of URLs can stand for thousands."""


async def paste(text: str, tab: RequestTab, tabs: Tabs, folder: Path) -> None:
    """Put the request of a command into the tab it was pasted into, where that has nothing yet, else into new ones.

    ``folder`` is where the command's file names start. What cannot be carried over is said there.
    """
    before = tab.document()
    try:
        pasted = await asyncio.to_thread(read, text, folder)
    except NotCurl as error:
        tab.upkeep.say(error.sentence, fault=True)
        return
    warnings = list(pasted.warnings)
    if len(pasted.requests) > MOST:
        warnings.append(f"Only the first {MOST} of {len(pasted.requests):,} requests are opened.")
    for number, request in enumerate(pasted.requests[:MOST]):
        if number == 0 and tab.origin is None and not tab.is_modified and tab.document() == before:
            tab.pane.show_request(request)
            shown = tab
        else:
            shown = tabs.open_document(Document(request))
        shown.upkeep.say("\n".join(warnings))
