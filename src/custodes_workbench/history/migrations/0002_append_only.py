"""Triggers that refuse to change, delete or empty the history, on both databases."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = {
    f"history_{what}": (
        f"CREATE TRIGGER history_{what} BEFORE {act} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END"
    )
    for what, act, table in (
        ("entry_update", "UPDATE", "history_entry"),
        ("entry_delete", "DELETE", "history_entry"),
        ("text_update", "UPDATE", "history_entrytext"),
    )
}
POSTGRESQL = (
    "CREATE FUNCTION history_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the history is append-only'; END $$",
    "CREATE TRIGGER history_entry_row BEFORE UPDATE OR DELETE ON history_entry "
    "FOR EACH ROW EXECUTE FUNCTION history_append_only()",
    "CREATE TRIGGER history_entry_all BEFORE TRUNCATE ON history_entry "
    "FOR EACH STATEMENT EXECUTE FUNCTION history_append_only()",
    "CREATE TRIGGER history_text_row BEFORE UPDATE ON history_entrytext "
    "FOR EACH ROW EXECUTE FUNCTION history_append_only()",
    "CREATE TRIGGER history_text_all BEFORE TRUNCATE ON history_entrytext "
    "FOR EACH STATEMENT EXECUTE FUNCTION history_append_only()",
)


def set_triggers(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            schema_editor.execute(statement)
    else:
        for statement in SQLITE.values():
            schema_editor.execute(statement)


def drop_triggers(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION history_append_only() CASCADE")
    else:
        for name in SQLITE:
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("history", "0001_initial")]
    operations = [migrations.RunPython(set_triggers, drop_triggers)]
