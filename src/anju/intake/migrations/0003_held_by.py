from django.db import migrations, models
from django.db.models import F


def begin_with_the_sender(apps, schema_editor):
    """Until something is handed over, whoever sent a file is who answers for it."""
    apps.get_model("intake", "Batch").objects.update(held_by=F("created_by"))


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0002_waiting_rows_and_profiles'),
    ]

    operations = [
        migrations.AddField(
            model_name='batch',
            name='held_by',
            field=models.CharField(default='', help_text='谁来确认；起初是上传人，交接后是接任的人', max_length=150, verbose_name='经办人（登录名）'),
            preserve_default=False,
        ),
        migrations.RunPython(begin_with_the_sender, migrations.RunPython.noop),
    ]
