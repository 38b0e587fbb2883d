from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0009_contradictions_remembered'),
    ]

    operations = [
        migrations.AddField(
            model_name='decision',
            name='left_behind',
            field=models.BooleanField(default=False, help_text='撤回时已写入的内容，要有人更正', verbose_name='留有待更正的内容'),
        ),
        migrations.AddField(
            model_name='decision',
            name='cleared_by',
            field=models.CharField(blank=True, max_length=150, verbose_name='更正核对人（登录名）'),
        ),
        migrations.AddField(
            model_name='decision',
            name='cleared_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='更正核对时间'),
        ),
        migrations.AddField(
            model_name='decision',
            name='cleared_note',
            field=models.CharField(blank=True, max_length=200, verbose_name='更正核对说明'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(condition=models.Q(('cleared_at__isnull', True), ('left_behind', True)), fields=['batch_id'], name='intake_decision_left_behind'),
        ),
    ]
