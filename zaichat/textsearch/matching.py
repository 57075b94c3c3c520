"""Asks the index of a table which rows hold all terms. One statement on either database.

SQLite keeps the grams in an FTS5 table named like the table with `_grams` behind it. PostgreSQL
has a GIN index over them; it knows nothing of order, so what must stand together is looked at
once more in the rows found.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import connections, models
from django.db.models.expressions import RawSQL

from zaichat.textsearch.query import Term

Row = TypeVar("Row", bound="Searchable")

AS_VECTOR = "array_to_tsvector(string_to_array(btrim(grams), ' '))"
"""Exactly as the migration indexes it."""


class Searchable(models.Model):
    """A table that can be searched. Its migration makes the index; see `AS_VECTOR`."""

    text = models.TextField()
    grams = models.TextField()

    class Meta:
        abstract = True


def matching(rows: "models.QuerySet[Row]", terms: Sequence[Term]) -> "models.QuerySet[Row]":
    """Those of `rows` that hold every term."""
    if not terms:
        return rows
    table = rows.model._meta.db_table
    if connections[rows.db].vendor == "sqlite":
        return rows.filter(pk__in=_in_fts(table, terms))
    return rows.filter(pk__in=_in_vector(table, terms))


def _in_fts(table: str, terms: Sequence[Term]) -> RawSQL:
    asked = " AND ".join(f'"{" ".join(term.grams)}" *' for term in terms)
    fts = f"{table}_grams"
    return RawSQL(f"SELECT rowid FROM {fts} WHERE {fts} MATCH %s", [asked])  # noqa: S608, S611


def _in_vector(table: str, terms: Sequence[Term]) -> RawSQL:
    """Grams hold letters and digits alone, so there is nothing in them to be escaped."""
    asked = " & ".join(_as_tsquery(term) for term in terms)
    whole = [term for term in terms if len(term.grams) > 1]
    in_order = "".join(" AND grams LIKE %s" for _term in whole)
    values: list[Any] = [asked, *(f"% {' '.join(term.grams)}%" for term in whole)]
    select = f"SELECT id FROM {table} WHERE {AS_VECTOR} @@ %s::tsquery{in_order}"  # noqa: S608
    return RawSQL(select, values)  # noqa: S611


def _as_tsquery(term: Term) -> str:
    *before, last = term.grams
    return " & ".join([*(f"'{gram}'" for gram in before), f"'{last}':*"])
