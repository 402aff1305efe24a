"""Answers requests that add files to a served folder."""

import json
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from servers.http.files.codings import weights
from servers.http.pages import HEADERS, stored_page
from servers.http.site import find, names_in
from servers.http.uploads.incoming import Stored
from servers.http.uploads.posting import post
from servers.http.uploads.putting import put
from servers.http.uploads.refusals import cannot_store

_HEADERS = {"X-Content-Type-Options": "nosniff"}


async def upload(request: web.BaseRequest, root: Path, path: str, limit: int, *, is_listed: bool) -> web.Response:
    """Store what a request brings in the folder ``root``, at most ``limit`` bytes of it.

    That is POST of multipart/form-data to the decoded ``path`` of a folder, or PUT of a file. Files come in place
    whole or not at all, and replace others only where the request says so: ``?overwrite``, a form field ``overwrite``
    before the files, or If-Match with PUT. After a form, a browser is sent to the folder if that ``is_listed``.
    Raises Refusal 400, 403, 404, 408, 409, 412, 413, 415, 503 and 507.
    """
    folder, _, name = path.rpartition("/")
    place = find(root, f"{folder}/")
    base = "".join(f"/{quote(one, safe='')}" for one in names_in(folder) or ())
    try:
        if request.method == "PUT":
            return _answer_to_put(base, await put(request, place, name, limit))
        return _answer_to_post(request, base, await post(request, place, limit), is_listed=is_listed)
    except ConnectionError:
        raise
    except OSError as error:
        raise cannot_store(error) from None


def _answer_to_put(base: str, stored: Stored) -> web.Response:
    if stored.is_new:
        return web.Response(status=201, headers={**_HEADERS, "Location": _path(base, stored)})
    return web.Response(status=204, headers=_HEADERS)


def _answer_to_post(request: web.BaseRequest, base: str, stored: list[Stored], *, is_listed: bool) -> web.Response:
    is_browser = weights(", ".join(request.headers.getall("Accept", ()))).get("text/html")
    if is_browser and is_listed:
        return web.Response(status=303, headers={**_HEADERS, "Location": f"{base}/"})
    if is_browser:
        page = stored_page([(one.name, _path(base, one)) for one in stored])
        return web.Response(status=201, text=page, content_type="text/html", headers=HEADERS)
    headers = {**_HEADERS, "Location": _path(base, stored[0])} if len(stored) == 1 else _HEADERS
    files = [{"path": _path(base, one), "size": one.size, "replaced": not one.is_new} for one in stored]
    return web.Response(status=201, text=json.dumps(files) + "\n", content_type="application/json", headers=headers)


def _path(base: str, stored: Stored) -> str:
    return f"{base}/{quote(stored.name, safe='')}"
