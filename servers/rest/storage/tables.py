"""The tables of the store, and the way from each version of them to the next."""

import sqlite3

SAMPLE = "sample"
"""The digest of the dataset that is the sample."""

_FIRST = """
CREATE TABLE collections (name TEXT PRIMARY KEY, last_id INTEGER NOT NULL);
CREATE TABLE documents (collection TEXT NOT NULL REFERENCES collections (name), id INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1, body TEXT NOT NULL, PRIMARY KEY (collection, id));
"""

_SECOND = """
ALTER TABLE documents RENAME TO first_documents;
ALTER TABLE collections RENAME TO first_collections;
CREATE TABLE state (version INTEGER NOT NULL);
INSERT INTO state VALUES (0);
CREATE TABLE datasets (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, digest TEXT NOT NULL,
    rest TEXT NOT NULL, opened INTEGER NOT NULL, changed INTEGER NOT NULL DEFAULT 0);
CREATE TABLE collections (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, definition TEXT NOT NULL,
    dataset INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE, last_id INTEGER NOT NULL,
    numeric INTEGER NOT NULL, UNIQUE (dataset, name));
CREATE TABLE documents (doc INTEGER PRIMARY KEY,
    collection INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE, key TEXT NOT NULL,
    numeric INTEGER NOT NULL, version INTEGER NOT NULL, updated INTEGER NOT NULL, words TEXT NOT NULL,
    body TEXT NOT NULL, UNIQUE (collection, key));
CREATE INDEX documents_in_order ON documents (collection, doc);
CREATE TABLE paths (id INTEGER PRIMARY KEY, name TEXT NOT NULL, plural INTEGER NOT NULL DEFAULT 0,
    collection INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE, UNIQUE (collection, name));
CREATE TABLE fields (path INTEGER NOT NULL, rank REAL NOT NULL, text TEXT NOT NULL,
    doc INTEGER NOT NULL REFERENCES documents (doc) ON DELETE CASCADE, folded TEXT,
    PRIMARY KEY (path, rank, text, doc)) WITHOUT ROWID;
CREATE INDEX fields_by_document ON fields (doc, path);
"""

_STEPS = (_FIRST, _SECOND)

SCHEMA_VERSION = len(_STEPS)
"""What this program writes into ``PRAGMA user_version``."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables to SCHEMA_VERSION in one transaction: all steps are taken, or none.

    ``connection`` must be in autocommit mode. A second process waits for the first, then has nothing to do.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        for step in _STEPS[version:]:
            for statement in step.split(";")[:-1]:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {max(version, SCHEMA_VERSION)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise
