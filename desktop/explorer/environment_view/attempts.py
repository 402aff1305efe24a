"""Changes to environment files, and what is said where they fail."""

from collections.abc import Callable


def fault_of(change: Callable[[], None]) -> str:
    """Make a change; a sentence says why it could not be made."""
    try:
        change()
    except OSError as error:
        return f"This could not be saved: {error.strerror or error}."
    except ValueError as error:
        return str(error)
    return ""
