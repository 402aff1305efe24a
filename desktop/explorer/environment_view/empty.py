"""What is seen where a folder has no environments: what they are for, and how to come to one."""

from PySide6.QtWidgets import QWidget

from desktop.widgets.empty_state import EmptyState

_TEXT = (
    "An environment is a set of values, such as those for the server on this computer and those for the real one.\n"
    "Write {{host}} in a request, and the value of “host” in the chosen environment is sent in its place."
)


class NoEnvironments(EmptyState):
    """A few words, and the button ``add``."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("variable", _TEXT, parent)
        self.add = self.add_button("Add an environment", "plus")
