"""What keeps a server or a client from speaking TLS, in words."""

import errno


class TlsFault(OSError):
    """The certificates cannot be used; its text is a sentence for the user that says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(errno.EIO, sentence)

    def __str__(self) -> str:
        return str(self.strerror)
