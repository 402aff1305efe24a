"""What it means to trust the local authority, how to do so, and how to undo it, in plain words."""

from pathlib import Path

MEANING = "Whoever trusts it believes every site that the holder of its key vouches for: trust only your own."

_TEXT = """\
Portside on this computer vouches for its own servers with the certificate {path}

What trusting it means
A browser or system that trusts it believes every site that the holder of its key vouches for. Anybody who had the key
could pretend to be any site, your bank included. The key never leaves this computer, and only you can read it.
Trust only the certificate of your own Portside, never one that somebody sends you. There is no need to trust it for
Portside’s explorer and chat, which do so already, nor for curl, which takes it as --cacert FILE.

How to trust it
Debian: sudo cp "{path}" /usr/local/share/ca-certificates/portside.crt && sudo update-ca-certificates
Firefox: Settings, Privacy & Security, View Certificates, Authorities, Import; tick “identify websites”
Chromium: Settings, Privacy and security, Security, Manage certificates; import it as trusted
Windows: certutil -user -addstore Root "{path}"
macOS: security add-trusted-cert -p ssl -k ~/Library/Keychains/login.keychain-db "{path}"

How to stop trusting it
Debian: sudo rm /usr/local/share/ca-certificates/portside.crt && sudo update-ca-certificates --fresh
Firefox and Chromium: in the same place, delete “Portside on …”
Windows: run certmgr.msc, Trusted Root Certification Authorities, and delete “Portside on …”
macOS: open Keychain Access and delete “Portside on …”
"""


def explanation(path: Path | str = "portside.pem") -> str:
    """The words for the certificate in the file ``path``, as plain text of several lines."""
    return _TEXT.format(path=path)
