from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# The owner of the table can take the trigger off, which is what putting old entries into an archive
# does; the role the application connects with owns nothing and cannot.
FENCE = """
CREATE FUNCTION audit_entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_entry: entries are only ever added' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER audit_entry_kept BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_is_kept();
CREATE TRIGGER audit_entry_kept_whole BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_kept();
REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM PUBLIC;
CREATE INDEX audit_ids ON audit_entry USING gin (ids jsonb_path_ops);
"""
NO_FENCE = """
DROP INDEX audit_ids;
DROP TRIGGER audit_entry_kept_whole ON audit_entry;
DROP TRIGGER audit_entry_kept ON audit_entry;
DROP FUNCTION audit_entry_is_kept();
"""


def build(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(FENCE, params=None)


def remove(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(NO_FENCE, params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="place",
            field=models.CharField(
                blank=True, default="", max_length=12, verbose_name="所涉行政区划代码"
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="detail",
            field=models.JSONField(
                default=dict, verbose_name="细节（仅字段名、编号与可公开的前后值）"
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["place", "sequence"], name="audit_place"),
        ),
        migrations.RunPython(build, remove),
    ]
