"""The keys of a terminal, none of which is lost, echoed or taken for a line's end while nobody asks for a line."""

import contextlib
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager

from prompt_toolkit.input import Input, create_input

if sys.platform == "win32":

    def keyboard() -> Input:
        """Keys wait by themselves on Windows."""
        return create_input()

    def keys_wait() -> AbstractContextManager[None]:
        """Keys wait by themselves on Windows."""
        return contextlib.nullcontext()

else:
    import termios
    import tty

    from prompt_toolkit.input.vt100 import Vt100Input

    class _Keyboard(Vt100Input):
        """Stays raw also while something is printed above the line: a Ctrl+D of that moment would end nothing."""

        def cooked_mode(self) -> AbstractContextManager[None]:
            return self.raw_mode()

    def keyboard() -> Input:
        """The keys of standard input, which is a terminal."""
        return _Keyboard(sys.stdin)

    @contextlib.contextmanager
    def keys_wait() -> Iterator[None]:
        """Between two lines keys wait for the next; Ctrl+C is a signal then, since the sending may take long."""
        before = termios.tcgetattr(sys.stdin)
        tty.setcbreak(sys.stdin, termios.TCSANOW)
        try:
            yield
        finally:
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
