"""Tests of what a status code says."""

import pytest

from desktop.explorer.reading.status import StatusClass, rest_meaning, status_class
from servers.status import official_reason


@pytest.mark.parametrize(
    ("status", "reason", "meaning"),
    [
        (200, "OK", "request OK"),
        (201, "Created", "new resource created OK"),
        (400, "Bad Request", "request malformed"),
        (403, "Forbidden", "request refused"),
        (404, "Not Found", "resource not found"),
        (405, "Method Not Allowed", "method not supported"),
        (413, "Content Too Large", "request body too large"),
        (415, "Unsupported Media Type", "content type not recognized"),
        (422, "Unprocessable Content", "content understood but not valid"),
        (500, "Internal Server Error", "request processing failed"),
    ],
)
def test_official_and_rest_meaning(status: int, reason: str, meaning: str) -> None:
    assert (official_reason(status), rest_meaning(status)) == (reason, meaning)


def test_every_number_has_a_class_and_a_meaning() -> None:
    for status in range(1000):
        assert rest_meaning(status)
        assert isinstance(official_reason(status), str)
    assert [status_class(n) for n in (199, 299, 399, 499, 599)] == list(StatusClass)[:5]
    assert status_class(600) is status_class(99) is StatusClass.UNKNOWN


def test_unregistered_codes_mean_their_class() -> None:
    assert (official_reason(299), rest_meaning(299)) == ("", "request OK")
    assert rest_meaning(799) == "not a status of HTTP"
