"""Search: the table of what is found, its index for either database, and marks of what is in it.

Rows from before have no `indexed_at`; the sweep puts them into the index.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

# Columns stand in the order that lets SQLite read the short ones without the texts.
SQLITE = (
    """CREATE VIRTUAL TABLE conversations_searchentry_grams USING fts5 (
        grams, content='conversations_searchentry', content_rowid='id', tokenize='ascii'
    )""",
    """CREATE TRIGGER searchentry_added AFTER INSERT ON conversations_searchentry BEGIN
        INSERT INTO conversations_searchentry_grams (rowid, grams) VALUES (new.id, new.grams);
    END""",
    """CREATE TRIGGER searchentry_removed AFTER DELETE ON conversations_searchentry BEGIN
        INSERT INTO conversations_searchentry_grams (conversations_searchentry_grams, rowid, grams)
        VALUES ('delete', old.id, old.grams);
    END""",
)
SQLITE_BACK = (
    "DROP TRIGGER searchentry_added",
    "DROP TRIGGER searchentry_removed",
    "DROP TABLE conversations_searchentry_grams",
)
POSTGRES = (
    """CREATE INDEX searchentry_grams ON conversations_searchentry
    USING gin (array_to_tsvector(string_to_array(btrim(grams), ' ')))""",
)
POSTGRES_BACK = ("DROP INDEX searchentry_grams",)


def make_index(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRES_BACK:
        schema_editor.execute(statement)


def indexed_at(model):
    field = models.DateTimeField(blank=True, editable=False, null=True, verbose_name="indexed")
    return migrations.AddField(model_name=model, name="indexed_at", field=field)


class Migration(migrations.Migration):

    dependencies = [
        ("conversations", "0002_screen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        indexed_at("conversation"),
        indexed_at("generation"),
        indexed_at("message"),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(fields=["id"], condition=Q(indexed_at=None), name="conversation_not_indexed"),
        ),
        migrations.AddIndex(
            model_name="generation",
            index=models.Index(fields=["id"], condition=Q(indexed_at=None, ended_at__isnull=False), name="generation_not_indexed"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["id"], condition=Q(indexed_at=None, role="user"), name="message_not_indexed"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["conversation"], condition=Q(deleted_at__isnull=False), name="message_put_away"),
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("owner", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="owner")),
                ("conversation", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="conversations.conversation", verbose_name="conversation")),
                ("message", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="conversations.message", verbose_name="message")),
                ("generation", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="conversations.generation", verbose_name="generation")),
                ("at", models.DateTimeField(verbose_name="said")),
                ("text", models.TextField()),
                ("grams", models.TextField()),
            ],
            options={
                "verbose_name": "search entry",
                "verbose_name_plural": "search entries",
            },
        ),
        migrations.RunPython(make_index, drop_index, elidable=False),
    ]
