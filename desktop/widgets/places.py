"""Names the places of a text for a sentence about it."""


def where(text: str, index: int) -> str:
    """In words where the character at ``index`` is, such as "at line 2, column 5"; past the last one "at its end"."""
    if index >= len(text.rstrip()):
        return "at its end"
    line = text.count("\n", 0, index) + 1
    return f"at line {line:,}, column {index - text.rfind(chr(10), 0, index):,}"
