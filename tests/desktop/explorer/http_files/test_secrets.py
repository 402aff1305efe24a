"""Tests of taking secrets out of requests."""

import pytest

from desktop.explorer.http_files.secrets import without_secrets
from desktop.explorer.model.auth import ApiKey, Auth, Basic, Bearer, Inherit, OAuth2
from desktop.explorer.model.request import Request


@pytest.mark.parametrize(
    ("auth", "after", "values"),
    [
        (Basic("me", "pw"), Basic("me", "{{log_in_password}}"), {"log_in_password": "pw"}),
        (Bearer("abc"), Bearer("{{log_in_token}}"), {"log_in_token": "abc"}),
        (ApiKey("X", "k"), ApiKey("X", "{{log_in_api_key}}"), {"log_in_api_key": "k"}),
        (
            OAuth2(client_id="id", client_secret="s", password="p"),
            OAuth2(client_id="id", client_secret="{{log_in_client_secret}}", password="{{log_in_password}}"),
            {"log_in_client_secret": "s", "log_in_password": "p"},
        ),
        (Basic("me", "{{pw}}"), Basic("me", "{{pw}}"), {}),
        (Bearer(""), Bearer(""), {}),
        (Inherit(), Inherit(), {}),
    ],
)
def test_secrets_become_variables(auth: Auth, after: Auth, values: dict[str, str]) -> None:
    request = Request("GET", "http://h", auth=auth)
    changed, made = without_secrets(request, "Log in!")
    assert changed == Request("GET", "http://h", auth=after)
    assert made == values
    assert changed.resolve(made).auth == auth or not made


def test_a_variable_that_stands_for_something_else_is_not_used() -> None:
    request = Request(auth=Bearer("abc"))
    assert without_secrets(request, "", {"token": "xyz", "token_2": "uvw"})[1] == {"token_3": "abc"}
    assert without_secrets(request, "", {"token": "abc"})[1] == {"token": "abc"}
