import django.db.models.deletion
from django.db import migrations, models

from anju.places.fences import Fence


class Migration(migrations.Migration):
    """Drafts of reports on tasks, fenced to their writer."""

    dependencies = [
        ("duties", "0006_assigned_on"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProgressDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("written_by", models.CharField(max_length=150, verbose_name="填写人（登录名）")),
                ("texts", models.JSONField(default=dict, help_text="表单项 → 所填文字", verbose_name="已填内容")),
                ("saved_at", models.DateTimeField(db_index=True, verbose_name="保存时间")),
                ("due", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="duties.taskdue", verbose_name="任务节点")),
            ],
            options={
                "ordering": ["-saved_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("due", "written_by"), name="duties_draft_once")
                ],
            },
        ),
        Fence("duties_progressdraft", "written_by = current_setting('anju.username', true)"),
    ]
