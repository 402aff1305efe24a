"""The collections that a new store starts with: football teams and their players in the season 2013-14."""

import json

from servers.resources import resource_path
from servers.rest.definition import Definition
from servers.rest.files.data_files import DataFile, read_data_file

PROTECTED = {"teams": "Teams are reference data: they can be read, and not created, changed or deleted."}
"""Why writes are refused, by collection."""


def sample_data() -> DataFile:
    """The bundled data with strict schemas: ``teams``, which are protected, and ``players``.

    Raises DataFileError or OSError when the program's own files are damaged.
    """
    schemas = json.loads(resource_path("sample", "schemas.json").read_bytes())
    data = read_data_file(resource_path("sample", "sample.json"))
    collections = tuple(
        (Definition(one.name, schemas[one.name], PROTECTED.get(one.name, ""), hypermedia=True), documents)
        for one, documents in data.collections
    )
    return DataFile("Sample data", data.digest, collections, {}, "")
