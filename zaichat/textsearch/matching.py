"""Asks the index of a table which rows hold all terms. One statement on either database.

SQLite keeps the grams in an FTS5 table named like the table with `_grams` behind it. PostgreSQL
has a GIN index over them; it knows nothing of order, so what must stand together is looked at
once more in the rows found.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import connections, models
from django.db.models.expressions import RawSQL

from zaichat.textsearch.query import Term

Row = TypeVar("Row", bound="Searchable")

AS_VECTOR = "array_to_tsvector(string_to_array(btrim(grams), ' '))"
"""Exactly as the migration indexes it."""
LABEL = "·"


class Searchable(models.Model):
    """A table that can be searched. Its migration makes the index; see `AS_VECTOR`."""

    text = models.TextField()
    grams = models.TextField()

    class Meta:
        abstract = True


def label(*about: object) -> str:
    """A gram that no text holds, to find rows of one person or kind without looking at others'."""
    return LABEL + "".join(str(one).replace("-", "") for one in about)


def matching(
    rows: "models.QuerySet[Row]", terms: Sequence[Term], labels: Mapping[str, int | None]
) -> "models.QuerySet[Row]":
    """Those of `rows` with one of the labels that hold every term; so many of each, the newest.

    Without a bound, a sign that stands in every text costs as much as all of them.
    """
    table = rows.model._meta.db_table
    asking = _of_fts if connections[rows.db].vendor == "sqlite" else _of_vector
    statements, values = [], []
    for labelled, newest in labels.items():
        statement, own = asking(table, terms, labelled)
        bound = f" ORDER BY 1 DESC LIMIT {int(newest)}" if newest else ""
        statements.append(f"SELECT * FROM ({statement}{bound}) found")  # noqa: S608
        values += own
    return rows.filter(pk__in=RawSQL(" UNION ALL ".join(statements), values))  # noqa: S611


def _of_fts(table: str, terms: Sequence[Term], labelled: str) -> tuple[str, list[Any]]:
    asked = " AND ".join([f'"{labelled}"', *(f'"{" ".join(term.grams)}" *' for term in terms)])
    fts = f"{table}_grams"
    return f"SELECT rowid FROM {fts} WHERE {fts} MATCH %s", [asked]  # noqa: S608


def _of_vector(table: str, terms: Sequence[Term], labelled: str) -> tuple[str, list[Any]]:
    """Grams hold letters and digits alone, so there is nothing in them to be escaped.

    `id + 0`: so that the rows are not read one by one in the order of their keys.
    """
    asked = " & ".join([f"'{labelled}'", *(_as_tsquery(term) for term in terms)])
    whole = [term for term in terms if len(term.grams) > 1]
    in_order = "".join(" AND grams LIKE %s" for _term in whole)
    values: list[Any] = [asked, *(f"% {' '.join(term.grams)}%" for term in whole)]
    select = f"SELECT id + 0 FROM {table} WHERE {AS_VECTOR} @@ %s::tsquery{in_order}"  # noqa: S608
    return select, values


def _as_tsquery(term: Term) -> str:
    *before, last = term.grams
    return " & ".join([*(f"'{gram}'" for gram in before), f"'{last}':*"])
