"""TLS contexts of requests, by their options."""

import ssl
from pathlib import Path

from desktop.explorer.model.options import Options
from desktop.explorer.sending.fault import Fault
from servers.tls import client
from servers.tls.client import Trust
from servers.tls.fault import TlsFault

__all__ = ["Trust", "make_context", "trust_of"]


def trust_of(options: Options) -> Trust:
    """What the options say about TLS."""
    return Trust(options.verify, options.ca_file, options.client_cert, options.client_key)


def make_context(trust: Trust, authority: Path | None = None) -> ssl.SSLContext:
    """The same as ``servers.tls.client.make_context``, but raises Fault."""
    try:
        return client.make_context(trust, authority)
    except TlsFault as fault:
        raise Fault(str(fault)) from fault
