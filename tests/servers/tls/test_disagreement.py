"""Tests of the words for TLS that was not agreed on."""

import ssl

import pytest

from servers.tls.disagreement import alert, broken_off, distrust

PLACE = "h port 1"


def _error(reason: str, text: str = "") -> ssl.SSLError:
    error = ssl.SSLError(1, text)
    error.reason = reason
    return error


def test_distrust_says_what_to_do_where_it_is_known() -> None:
    error = ssl.SSLCertVerificationError(1, "x")
    error.verify_message, error.verify_code = "certificate has expired", 10
    assert distrust(error, PLACE) == (
        "The certificate of h port 1 is not trusted: certificate has expired. It needs a new one."
    )
    error.verify_code = 999
    assert distrust(error, PLACE) == "The certificate of h port 1 is not trusted: certificate has expired."
    assert distrust(ValueError("\x1b"), PLACE) == r"The certificate of h port 1 is not trusted: \x1b."


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ConnectionResetError(), "H port 1 closed the connection while TLS was agreed on. Does it speak {}, or want"),
        (ConnectionResetError(104, "reset"), "H port 1 reset the connection while TLS was agreed on."),
        (ConnectionAbortedError(103, "x"), "H port 1 closed the connection while TLS was agreed on."),
    ],
)
@pytest.mark.parametrize("scheme", ["https", "wss"])
def test_a_broken_handshake(error: ConnectionError, words: str, scheme: str) -> None:
    assert broken_off(error, PLACE, scheme).startswith(words.format(scheme))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (_error("TLSV13_ALERT_CERTIFICATE_REQUIRED"), "asks for a client certificate. Give one in the options."),
        (_error("TLSV1_ALERT_UNKNOWN_CA"), "does not accept the client certificate (tlsv1 alert unknown ca)."),
        (_error("UNSUPPORTED_PROTOCOL"), "speaks no TLS version that is safe; Portside needs TLS 1.2 or later."),
        (_error("SSLV3_ALERT_HANDSHAKE_FAILURE"), "found nothing in common for TLS, or wants a client certificate."),
        (_error("", "tlsv1 alert no application protocol"), "does not speak HTTP/1.1 over TLS; perhaps HTTP/2 only."),
        (_error("TLSV1_UNRECOGNIZED_NAME"), "has no certificate for this name. Check the host in the URL."),
        (_error("TLSV1_ALERT_INTERNAL_ERROR"), "gave TLS up (tlsv1 alert internal error). Its log may say why."),
    ],
)
def test_alerts(error: ssl.SSLError, words: str) -> None:
    assert alert(error, PLACE) == f"H port 1 {words}"


def test_what_is_no_tls() -> None:
    error = _error("WRONG_VERSION_NUMBER")
    assert alert(error, PLACE) == "H port 1 does not speak TLS as https needs it. Is it an http:// server?"
    assert alert(error, PLACE, "wss") == "H port 1 does not speak TLS as wss needs it. Is it a ws:// server?"
