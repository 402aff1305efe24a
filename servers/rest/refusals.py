"""The responses for errors, in the media type that a client likes best."""

from aiohttp import web

from servers.rest import problems
from servers.rest.asked import Typed
from servers.rest.formats import PROBLEM_JSON, PROBLEM_XML
from servers.rest.problems import Problem
from servers.status import official_reason


def answer(problem: Problem, media_type: str, typed: Typed | None) -> web.Response:
    """The problem as JSON or XML (RFC 9457), or as a page; for a form, a page with the form and all that was typed."""
    headers = {**problem.headers, "Content-Type": media_type, "Vary": "Accept"}
    if media_type == PROBLEM_JSON:
        body = problems.body(problem)
    elif media_type == PROBLEM_XML:
        from servers.rest.representations import xml

        body = xml.render_problem(problem).encode()
    else:
        from servers.rest.representations import html

        headers |= html.HEADERS
        body = _page(problem, typed).encode()
    reason = official_reason(problem.status)
    return web.Response(body=body, status=problem.status, reason=reason, headers=headers)


def _page(problem: Problem, typed: Typed | None) -> str:
    from servers.rest.representations import html

    if typed is None:
        return html.problem(problem, path=problem.path)
    return html.problem(
        problem,
        definition=typed.definition,
        path=problem.path,
        texts=typed.texts,
        method=typed.method,
        tag=typed.tag,
    )
