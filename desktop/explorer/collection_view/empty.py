"""What is seen while no folder is open: what collections are, and how to come to one."""

from PySide6.QtWidgets import QWidget

from desktop.widgets.empty_state import EmptyState

_TEXT = "A collection is a folder of .http files. Any editor can change them, and git can keep them."


class NoFolders(EmptyState):
    """Three buttons, and a line about what they open."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("folder-multiple-outline", _TEXT, parent)
        self.open_button = self.add_button("Open a folder…", "folder-open-outline")
        self.new_button = self.add_button("New collection…", "folder-plus-outline")
        self.samples_button = self.add_button("Show the samples", "school-outline")
