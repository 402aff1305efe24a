"""What the first version of the store held, as a dataset of its own."""

from servers.rest.definition import Definition
from servers.rest.files.data_files import DataFile, NewDocument
from servers.rest.storage.database import Database
from servers.rest.storage.rows import document_of
from servers.rest.strict_json import Number

_UNTOUCHED = "SELECT max(version) = 1 AND count(*) = 14 AND max(id) = 14 FROM first_documents"


def data_of_first_version(database: Database) -> DataFile | None:
    """The players that somebody had changed, to be served as they are; None for those that came with the program.

    The tables that held them are dropped, inside the transaction of the caller.
    """
    if not database.run("SELECT 1 FROM sqlite_master WHERE name = 'first_documents'"):
        return None
    untouched = database.run(_UNTOUCHED)[0][0]
    rows = database.run("SELECT id, body FROM first_documents ORDER BY id")
    database.run("DROP TABLE first_documents")
    database.run("DROP TABLE first_collections")
    if untouched or not rows:
        return None
    documents = tuple(NewDocument(Number(str(number)), document_of(text)) for number, text in rows)
    properties: dict[str, dict[str, object]] = {name: {} for one in documents for name in one.members}
    definition = Definition("players", {"type": "object", "properties": properties}, hypermedia=True)
    return DataFile("Players of an earlier version", "first-version", ((definition, documents),), {}, "")
