"""Tests of the names that certificates bear."""

import socket

import pytest

from servers import guard
from servers.tls.names import named, names_of_this_computer


def test_this_computer_has_its_loopback_names_its_own_and_all_addresses() -> None:
    names = names_of_this_computer()
    host = socket.gethostname().lower()
    assert {"localhost", "127.0.0.1", "::1", host, f"{host}.local"} <= names
    assert names >= guard.own_names((("0.0.0.0", 1),)) - {"0.0.0.0"}
    assert not {"0.0.0.0", "::"} & names


@pytest.mark.parametrize(
    ("given", "one_form"),
    [
        ("LOCALHOST.", "localhost"),
        ("0:0:0:0:0:0:0:1", "::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("my_computer.local", "my_computer.local"),
        ("0.0.0.0", None),
        ("::", None),
        ("", None),
        (".local", None),
        ("name with space", None),
        ("straße", None),
        ("a\x00b", None),
    ],
)
def test_a_name_in_its_one_form_or_not_at_all(given: str, one_form: str | None) -> None:
    assert named([given]) == ({one_form} if one_form else frozenset())
