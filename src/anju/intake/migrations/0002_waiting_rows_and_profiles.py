"""Rows that wait for a decision, both sides of a conflict, and how sources lay out lists."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]

    operations = [
        migrations.AlterField("batch", "feed", models.CharField("数据来源", blank=True, max_length=40)),
        migrations.AlterField(
            "batch",
            "state",
            models.CharField(
                "状态",
                choices=[
                    ("received", "已接收"),
                    ("checking", "检查中"),
                    ("mapping", "待核对列"),
                    ("checked", "已检查，待确认"),
                    ("committing", "写入中"),
                    ("done", "已入库"),
                    ("refused", "已退回"),
                    ("cancelled", "已取消"),
                ],
                default="received",
                max_length=12,
            ),
        ),
        migrations.AddField(
            "batch",
            "asks",
            models.BooleanField(
                "列有变化时先问",
                default=False,
                help_text="认不出的列或与以往不同的列，由人核对后再读",
            ),
        ),
        migrations.AddField(
            "batch",
            "question",
            models.JSONField(
                "要核对的列", default=dict, help_text="工作表、与以往相比多了、少了、改了名的列"
            ),
        ),
        migrations.AlterField(
            "row",
            "outcome",
            models.CharField(
                "处理结果",
                choices=[
                    ("created", "新增"),
                    ("updated", "更新"),
                    ("unchanged", "无变化"),
                    ("conflict", "有冲突"),
                    ("waiting", "待决定"),
                    ("rejected", "退回"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            "row",
            "sides",
            models.JSONField(
                "冲突双方",
                default=dict,
                help_text="名单和底册各自的值、来源，以及由哪个部门认定",
            ),
        ),
        migrations.AddField(
            "row",
            "candidates",
            models.JSONField(
                "候选人员",
                default=list,
                help_text="可能是的人：人员内部编号、得分和理由，由人决定",
            ),
        ),
        migrations.CreateModel(
            "Profile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("feed", models.CharField("数据来源", max_length=40)),
                ("sheet", models.CharField("表", max_length=40)),
                ("source", models.CharField("来源单位", blank=True, max_length=60)),
                ("headings", models.JSONField("文件中的列名", default=list)),
                ("fingerprint", models.CharField("列名摘要", max_length=64)),
                (
                    "columns",
                    models.JSONField(
                        "对应关系", default=dict, help_text="系统中的栏目 → 文件中的列名"
                    ),
                ),
                ("by_hand", models.BooleanField("由人核对", default=False)),
                ("saved_by", models.CharField("保存人（登录名）", max_length=150)),
                ("saved_at", models.DateTimeField("保存时间")),
                (
                    "last_batch_id",
                    models.BigIntegerField("最近一次使用的批次", blank=True, null=True),
                ),
            ],
            options={
                "ordering": ["feed", "sheet", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("feed", "sheet", "fingerprint"), name="intake_profile_once"
                    )
                ],
            },
        ),
    ]
