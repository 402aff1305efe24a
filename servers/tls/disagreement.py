"""Says to the user of a client why TLS was not agreed on."""

import ssl

from servers.logs import visible

_EXPIRED, _NOT_YET, _SELF_SIGNED, _SELF_SIGNED_CA, _NO_ISSUER, _NO_LEAF_ISSUER = 10, 9, 18, 19, 20, 21
_WRONG_NAME, _WRONG_IP = 62, 64

_ADVICE = {
    _EXPIRED: "It needs a new one.",
    _NOT_YET: "Check the clocks of both computers.",
    _SELF_SIGNED: "Give it as a further authority in the options, or switch the check off there.",
    _SELF_SIGNED_CA: "Give its issuer as a further authority in the options, or switch the check off there.",
    _NO_ISSUER: "Give its issuer as a further authority in the options, or switch the check off there.",
    _NO_LEAF_ISSUER: "Give its issuer as a further authority in the options, or switch the check off there.",
    _WRONG_NAME: "Check the host in the URL.",
    _WRONG_IP: "Check the host in the URL.",
}
_PLAIN = {"https": "an http:// server", "wss": "a ws:// server"}


def distrust(error: Exception, place: str) -> str:
    """For a certificate that failed the check; the codes are OpenSSL's (X509_V_ERR)."""
    if not isinstance(error, ssl.SSLCertVerificationError):
        return f"The certificate of {place} is not trusted: {visible(str(error))}."
    fault = error.verify_message.rstrip(".")
    return f"The certificate of {place} is not trusted: {fault}. {_ADVICE.get(error.verify_code, '')}".rstrip()


def broken_off(error: ConnectionError, place: str, scheme: str = "https") -> str:
    """For a connection that ended during the handshake; ``scheme``, https or wss, is what was to be spoken."""
    how = "reset" if isinstance(error, ConnectionResetError) and error.errno is not None else "closed"
    start = f"{place[0].upper()}{place[1:]} {how} the connection while TLS was agreed on."
    return f"{start} Does it speak {scheme}, or want a client certificate?"


def alert(error: Exception, place: str, scheme: str = "https") -> str:
    """For a handshake that failed otherwise, or an alert after it (RFC 8446, section 6)."""
    start = f"{place[0].upper()}{place[1:]}"
    reason = (error.reason if isinstance(error, ssl.SSLError) else None) or ""
    if "CERTIFICATE_REQUIRED" in reason:
        return f"{start} asks for a client certificate. Give one in the options."
    if "UNKNOWN_CA" in reason or "BAD_CERTIFICATE" in reason or "CERTIFICATE_UNKNOWN" in reason:
        return f"{start} does not accept the client certificate ({reason.lower().replace('_', ' ')})."
    if "PROTOCOL_VERSION" in reason or reason == "UNSUPPORTED_PROTOCOL":
        return f"{start} speaks no TLS version that is safe; Portside needs TLS 1.2 or later."
    if "HANDSHAKE_FAILURE" in reason:
        return f"{start} found nothing in common for TLS, or wants a client certificate."
    if "no application protocol" in str(error):  # OpenSSL has a number for it, and Python no name
        return f"{start} does not speak HTTP/1.1 over TLS; perhaps HTTP/2 only."
    if "UNRECOGNIZED_NAME" in reason:
        return f"{start} has no certificate for this name. Check the host in the URL."
    if "ALERT" in reason:
        return f"{start} gave TLS up ({reason.lower().replace('_', ' ')}). Its log may say why."
    return f"{start} does not speak TLS as {scheme} needs it. Is it {_PLAIN[scheme]}?"
