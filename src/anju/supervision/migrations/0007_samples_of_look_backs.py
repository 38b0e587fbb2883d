from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("supervision", "0006_elements_of_notices")]

    operations = [
        migrations.AlterField(
            model_name="supervision",
            name="among",
            field=models.CharField(
                blank=True,
                choices=[
                    ("all", "全部农户"),
                    ("relocated", "易地搬迁户"),
                    ("lifted_out", "脱贫户"),
                    ("monitored", "监测对象"),
                    ("unmet", "上次有不符合的样本"),
                    ("same", "上次的全部样本"),
                ],
                max_length=12,
                verbose_name="抽样范围",
            ),
        ),
    ]
