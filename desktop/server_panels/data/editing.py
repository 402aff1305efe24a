"""Writes what was typed into a cell, unless the document has changed since the typing began."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.server_panels.data.records import Record, value
from servers.guard import Refusal
from servers.logs import visible
from servers.rest.problems import Fault, Problem, member_of

if TYPE_CHECKING:
    from servers.rest.service import Service
    from servers.rest.storage.rows import Row


EXPECTED = (Refusal, OSError)
"""What a service raises for reasons that a user should read in a sentence: OSError where the store is busy or full."""

Cell = tuple[str, str, str]
"""A collection, the key of a document in it, and a member of that."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A text typed into the cell ``member`` of a document; ``record`` is the document when the typing began."""

    collection: str
    record: Record
    member: str
    text: str

    @property
    def cell(self) -> Cell:
        """Which cell it is."""
        return self.collection, self.record.row.key, self.member


class Conflict(Exception):
    """The document of an edit has changed, or is ``gone``, since the typing began; the message is a sentence."""

    def __init__(self, edit: Edit, *, gone: bool) -> None:
        what = "deleted" if gone else "changed"
        super().__init__(
            f"{edit.collection} {visible(edit.record.row.key)} was {what} while you typed “{visible(edit.text)}” "
            f"for {visible(edit.member)}."
        )
        self.edit = edit
        self.gone = gone


def commit(service: "Service", edit: Edit, *, overwrite: bool = False) -> "Row":
    """Put the typed text into the document and return what is stored; an empty text removes the member.

    Raises Conflict, and one of EXPECTED. ``overwrite`` puts the member into the document as
    it is now, or makes a deleted one anew as it was. The whole document is replaced: a merge patch could neither take
    a member out of an object nor put a null in.
    """
    name, key = edit.collection, edit.record.row.key
    now = service.get(name, key)
    if not overwrite and (now is None or now.version != edit.record.row.version):
        raise Conflict(edit, gone=now is None)
    members = dict(edit.record.members) if now is None else now.document()
    if edit.text:
        definition = service.definition(name)
        members[edit.member] = value(definition, edit.member, edit.text, members.get(edit.member))
    else:
        members.pop(edit.member, None)
    if now is None:
        return service.create(name, {"id": edit.record.row.id, **members})
    return service.replace(name, key, members, now)


def faults_of(refusal: Exception) -> tuple[Fault, ...]:
    """The single faults of a refused document; none where the refusal has another reason."""
    return refusal.faults if isinstance(refusal, Problem) else ()


def sentence(refusal: Exception, cell: str = "") -> str:
    """Why something was refused, with each fault; those of the ``cell`` that was edited need not say where they are."""
    faults = faults_of(refusal)
    return visible(" ".join(_said(fault, cell) for fault in faults) or str(refusal))


def _said(fault: Fault, cell: str) -> str:
    member = member_of(fault)
    return fault.detail if not member or member == cell else f"{member}: {fault.detail}"
