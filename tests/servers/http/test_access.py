"""Basic authentication (RFC 7617): exactly the user with the password gets in, whatever else is sent."""

from base64 import b64encode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from servers.guard import Refusal
from servers.http.access import READABLE, check_credentials, user_fault
from servers.settings import HttpSettings

ALADDIN = HttpSettings(user="Aladdin", password="open sesame")
RIGHT = "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="  # the example of RFC 7617, section 2
USERS = st.text(min_size=1).filter(lambda user: ":" not in user)


def token(user: str, password: str) -> str:
    return b64encode(f"{user}:{password}".encode()).decode()


def refusal(settings: HttpSettings, *values: str) -> Refusal | None:
    try:
        check_credentials(settings, values)
    except Refusal as refused:
        return refused
    return None


@pytest.mark.parametrize("values", [(), ("Basic !",), (f"Basic {RIGHT}", "Basic x")])
def test_without_a_user_nothing_is_checked(values: tuple[str, ...]) -> None:
    assert refusal(HttpSettings(password="left over"), *values) is None


@pytest.mark.parametrize("scheme", ["Basic", "basic", "BASIC", "Basic  "])
def test_the_scheme_may_be_written_in_any_case(scheme: str) -> None:
    assert refusal(ALADDIN, f"{scheme} {RIGHT}") is None


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Basic",
        "Basic ",
        RIGHT,
        f"Bearer {RIGHT}",
        f"Basic{RIGHT}",
        f"Basic\t{RIGHT}",
        f"Basic {RIGHT[:-2]}",
        f"Basic {RIGHT} x",
        "Basic !!!!",
        "Basic é",
        "Basic \udcff",
        f"Basic {b64encode(b'Aladdin').decode()}",
        f"Basic {b64encode(b'Aladdin:open sesame' + bytes([255])).decode()}",
        f"Basic {token('Aladdin', '')}",
        f"Basic {token('', 'open sesame')}",
        f"Basic {token('', '')}",
        f"Basic {token('aladdin', 'open sesame')}",
        f"Basic {token('Aladdin', 'Open sesame')}",
        f"Basic {token('open sesame', 'Aladdin')}",
        f"Basic {token('Aladdin', ':open sesame')}",
        'Digest username="Aladdin"',
    ],
)
def test_anything_else_is_challenged(value: str) -> None:
    refused = refusal(ALADDIN, value)
    assert refused is not None
    assert refused.status == 401
    assert refused.headers == {"WWW-Authenticate": 'Basic realm="Portside", charset="UTF-8"'}
    assert "Aladdin" not in refused.detail


def test_no_credentials_are_challenged_and_two_are_malformed() -> None:
    missing, twice = refusal(ALADDIN), refusal(ALADDIN, f"Basic {RIGHT}", f"Basic {RIGHT}")
    assert missing is not None
    assert missing.status == 401
    assert twice is not None
    assert (twice.status, twice.headers) == (400, {})


@given(USERS, st.text())
def test_any_user_and_password_round_trip(user: str, password: str) -> None:
    assert refusal(HttpSettings(user=user, password=password), f"Basic {token(user, password)}") is None


@given(st.text(), st.text())
@example("Aladdin", "open sesam")
@example("A\u0000laddin", "open sesame")
def test_any_other_user_or_password_is_refused(user: str, password: str) -> None:
    refused = refusal(ALADDIN, f"Basic {token(user, password)}")
    assert (refused is None) == ((user, password) == (ALADDIN.user, ALADDIN.password))


@given(st.text(st.characters(codec="latin-1")) | st.binary().map(lambda data: f"Basic {b64encode(data).decode()}"))
def test_no_other_header_gets_in(value: str) -> None:
    refused = refusal(ALADDIN, value)
    assert refused is not None
    assert refused.status == 401


def test_an_accent_is_the_same_however_it_was_typed() -> None:
    settings = HttpSettings(user="Zoe\u0308", password="cafe\u0301")
    composed, plain = token("Zo\u00eb", "caf\u00e9"), token("Zoe", "cafe")
    assert refusal(settings, f"Basic {composed}") is None
    assert refusal(settings, f"Basic {plain}") is not None


def test_what_nobody_could_send_lets_nobody_in() -> None:
    settings = HttpSettings(user="joe", password="\udcff")
    assert refusal(settings, f"Basic {token('joe', '?')}") is not None
    assert refusal(settings, f"Basic {b64encode(b'joe:' + bytes([255])).decode()}") is not None


@pytest.mark.parametrize("user", ["", "joe", "joe@example.org", "Zoë Ü", "日本", "a b"])
def test_a_fine_user_name(user: str) -> None:
    assert user_fault(user) == ""


@pytest.mark.parametrize(
    ("user", "sentence"),
    [("a:b", "colon"), (":", "colon"), ("a\n", "control"), ("\x7f", "control"), ("\ud800", "control")],
)
def test_a_user_name_that_cannot_be_is_a_sentence(user: str, sentence: str) -> None:
    assert sentence in user_fault(user)


def test_pages_may_read_what_they_need_of_files() -> None:
    assert {"Content-Range", "ETag", "WWW-Authenticate"} < set(READABLE.split(", "))
