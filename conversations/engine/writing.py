"""The one statement that is written all the time: new values for a run that is still ours.

As SQL, because building it anew through the ORM costs several times its execution, for every
running reply, every second. Values go through the model's fields, so both databases read them.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, cast
from uuid import UUID

from django.db import connection
from django.db.models import Field

from conversations.models import Generation, Status


def write_own(generation: UUID, process: str, values: Mapping[str, Any]) -> bool:
    """Set these fields while the run belongs to `process`. False when it does not any more."""
    fields = [(column(name), value) for name, value in values.items()]
    prepared = [field.get_db_prep_save(value, connection) for field, value in fields]
    key = column("id").get_db_prep_value(generation, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            statement(tuple(values), connection.vendor), [*prepared, key, Status.RUNNING, process]
        )
        return bool(cursor.rowcount == 1)


@cache
def statement(names: tuple[str, ...], _vendor: str) -> str:
    quoted = connection.ops.quote_name
    table = quoted(Generation._meta.db_table)
    setting = ", ".join(f"{quoted(column(name).attname)} = %s" for name in names)
    return f"UPDATE {table} SET {setting} WHERE id = %s AND status = %s AND process = %s"  # noqa: S608


def column(name: str) -> Field[Any, Any]:
    return cast(Field[Any, Any], Generation._meta.get_field(name))
