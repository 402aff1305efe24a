"""What keys do in an editor of source: indent, outdent, break lines, and step over folds."""

import re

from PySide6.QtGui import QTextBlock, QTextCursor

from desktop.widgets.folds import Folds, block_format

INDENT = "  "
_BLANKS = re.compile(r"[ \t]*")
_OUTDENT = re.compile(rf"\t| {{1,{len(INDENT)}}}")
_PAIRS = {"{": "}", "[": "]", "(": ")"}
_MOVE = QTextCursor.MoveOperation
_KEEP = QTextCursor.MoveMode.KeepAnchor


def break_line(cursor: QTextCursor) -> None:
    """Start a line, indented as this one; one step more behind an opening bracket."""
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    text, at = cursor.block().text(), cursor.positionInBlock()
    found = _BLANKS.match(text[:at])
    lead = found[0] if found else ""
    before, after = text[at - 1 : at], text[at : at + 1]
    opens = before in _PAIRS and bool(before)
    _start_line(cursor, lead + (INDENT if opens else ""))
    if opens and after == _PAIRS[before]:
        _start_line(cursor, lead)
        cursor.movePosition(_MOVE.PreviousBlock)
        cursor.movePosition(_MOVE.EndOfBlock)
    cursor.endEditBlock()


def indent(cursor: QTextCursor) -> None:
    """Indent the selected lines; without a selection, put blanks in up to the next step."""
    if not cursor.hasSelection():
        cursor.insertText(INDENT[: len(INDENT) - cursor.positionInBlock() % len(INDENT)])
        return
    cursor.beginEditBlock()
    for block in _blocks(cursor):
        if block.length() > 1:
            QTextCursor(block).insertText(INDENT)
    cursor.endEditBlock()


def outdent(cursor: QTextCursor) -> None:
    """Take one step of indentation away from the selected lines, or from that of the cursor."""
    cursor.beginEditBlock()
    for block in _blocks(cursor):
        found = _OUTDENT.match(block.text())
        if found is not None:
            start = QTextCursor(block)
            start.setPosition(block.position() + found.end(), _KEEP)
            start.removeSelectedText()
    cursor.endEditBlock()


def erase_over_fold(cursor: QTextCursor, folds: Folds, *, forwards: bool) -> bool:
    """Erase the character on the other side of a fold, where the cursor is at one; whether it was."""
    block = cursor.block().next() if forwards else cursor.block()
    at_edge = cursor.atBlockEnd() if forwards else cursor.atBlockStart()
    if cursor.hasSelection() or not at_edge or not block.isValid() or not folds.continues(block):
        return False
    cursor.movePosition(_MOVE.Right if forwards else _MOVE.Left)
    if forwards:
        cursor.deleteChar()
    else:
        cursor.deletePreviousChar()
    return True


def _start_line(cursor: QTextCursor, lead: str) -> None:
    cursor.insertBlock(block_format(continues=False))
    cursor.insertText(lead)


def _blocks(cursor: QTextCursor) -> list[QTextBlock]:
    """The blocks that a selection touches, without the one that it only ends before."""
    document = cursor.document()
    block, end = document.findBlock(cursor.selectionStart()), cursor.selectionEnd()
    found = [block]
    while (block := block.next()).isValid() and block.position() < end:
        found.append(block)
    return found
