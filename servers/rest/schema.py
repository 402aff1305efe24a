"""The tables of the store, and the way from each version of them to the next."""

import sqlite3

from servers.rest.sample import sample_documents


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the database to SCHEMA_VERSION in one transaction: all steps are taken, or none.

    ``connection`` must be in autocommit mode. A second process waits for the first, then has nothing to do.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        for step in _STEPS[version:]:
            step(connection)
        connection.execute(f"PRAGMA user_version = {max(version, SCHEMA_VERSION)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


def _create(connection: sqlite3.Connection) -> None:
    """Version 1: collections and their documents, with the sample data in them."""
    connection.execute("CREATE TABLE collections (name TEXT PRIMARY KEY, last_id INTEGER NOT NULL)")
    connection.execute(
        "CREATE TABLE documents (collection TEXT NOT NULL REFERENCES collections (name), id INTEGER NOT NULL, "
        "version INTEGER NOT NULL DEFAULT 1, body TEXT NOT NULL, PRIMARY KEY (collection, id))"
    )
    for name, texts in sample_documents().items():
        connection.execute("INSERT INTO collections VALUES (?, ?)", (name, len(texts)))
        connection.executemany(
            "INSERT INTO documents (collection, id, body) VALUES (?, ?, ?)",
            [(name, number, text) for number, text in enumerate(texts, 1)],
        )


_STEPS = (_create,)

SCHEMA_VERSION = len(_STEPS)
"""What this program writes into ``PRAGMA user_version``."""
