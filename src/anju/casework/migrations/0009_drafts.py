import django.db.models.deletion
from django.db import migrations, models

from anju.places.fences import Fence

#: A draft is read by whoever wrote it, while they see the case (whose own fence answers).
OF_ITS_WRITER = (
    "written_by = current_setting('anju.username', true)"
    " AND EXISTS (SELECT 1 FROM casework_case c WHERE c.id = case_id)"
)


class Migration(migrations.Migration):
    """Drafts of long forms, fenced to their writer."""

    dependencies = [
        ("casework", "0008_days_of_leads"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form", models.CharField(max_length=40, verbose_name="表单")),
                ("written_by", models.CharField(max_length=150, verbose_name="填写人（登录名）")),
                ("texts", models.JSONField(default=dict, help_text="表单项 → 所填文字", verbose_name="已填内容")),
                ("saved_at", models.DateTimeField(db_index=True, verbose_name="保存时间")),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="casework.case", verbose_name="案件")),
            ],
            options={
                "ordering": ["-saved_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "form", "written_by"), name="casework_draft_once")
                ],
            },
        ),
        Fence("casework_draft", OF_ITS_WRITER),
    ]
