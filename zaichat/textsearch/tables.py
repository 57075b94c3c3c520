"""The index of a table that can be searched, for either database, as one step of a migration.

It is what `matching` asks: an FTS5 table named like the table with `_grams` behind it on SQLite,
a GIN index on PostgreSQL.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

from zaichat.textsearch.matching import AS_VECTOR


def index_of(table: str) -> RunPython:
    """Follows every row that is added and removed; rows are never changed."""

    def make(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for statement in _made(table, schema_editor.connection.vendor):
            schema_editor.execute(statement)

    def drop(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for statement in _dropped(table, schema_editor.connection.vendor):
            schema_editor.execute(statement)

    return RunPython(make, drop)


def _made(table: str, vendor: str) -> list[str]:
    if vendor != "sqlite":
        return [f"CREATE INDEX {table}_grams ON {table} USING gin (({AS_VECTOR}))"]
    fts = f"{table}_grams"
    removing = f"INSERT INTO {fts} ({fts}, rowid, grams) VALUES ('delete', old.id, old.grams)"  # noqa: S608
    adding = f"INSERT INTO {fts} (rowid, grams) VALUES (new.id, new.grams)"  # noqa: S608
    return [
        f"""CREATE VIRTUAL TABLE {fts} USING fts5 (
            grams, content='{table}', content_rowid='id', tokenize='ascii'
        )""",
        f"CREATE TRIGGER {table}_added AFTER INSERT ON {table} BEGIN {adding}; END",
        f"CREATE TRIGGER {table}_removed AFTER DELETE ON {table} BEGIN {removing}; END",
    ]


def _dropped(table: str, vendor: str) -> list[str]:
    if vendor != "sqlite":
        return [f"DROP INDEX {table}_grams"]
    triggers = [f"DROP TRIGGER {table}_{name}" for name in ("added", "removed")]
    return [*triggers, f"DROP TABLE {table}_grams"]
