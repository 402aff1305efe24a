"""How Portside's own clients come to trust its authority; nothing else does by itself."""

import logging
import ssl
from pathlib import Path

log = logging.getLogger("portside.tls")


def trust_authority(context: ssl.SSLContext, authority: Path | None) -> None:
    """Let a client's context trust the certificate at ``authority``, if there is one that can be read."""
    if authority is None:
        return
    try:
        context.load_verify_locations(authority)
    except FileNotFoundError:
        return
    except OSError as error:  # of what is wrong with the file, the servers that need it tell
        log.info("The certificate of the local authority cannot be used: %s", error)


def client_context(authority: Path | None) -> ssl.SSLContext:
    """What a client needs that trusts the system's authorities and ours; takes tens of milliseconds."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    trust_authority(context, authority)
    return context
