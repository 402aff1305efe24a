"""The documents that a new store starts with."""

from servers.resources import resource_path
from servers.rest.strict_json import Json, read, write_document


def sample_documents() -> dict[str, list[str]]:
    """The JSON texts of each collection's documents. Raises ValueError when the file is not an object of arrays."""
    collections = read(resource_path("sample", "players.json").read_bytes())
    if not isinstance(collections, dict):
        raise ValueError("The sample data must be an object of arrays.")
    return {name: _texts(documents) for name, documents in collections.items()}


def _texts(documents: Json) -> list[str]:
    if not isinstance(documents, list):
        raise ValueError("The sample documents of a collection must be an array.")
    return [write_document(document) for document in documents if isinstance(document, dict)]
