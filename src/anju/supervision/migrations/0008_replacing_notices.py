import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('supervision', '0007_samples_of_look_backs'),
    ]

    operations = [
        migrations.AddField(
            model_name='supervisionnotice',
            name='replaces',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replacement', to='supervision.supervisionnotice', verbose_name='替代的通知'),
        ),
        migrations.AddField(
            model_name='supervisionnotice',
            name='replacing',
            field=models.CharField(blank=True, choices=[('correction', '更正'), ('withdrawal', '撤回')], max_length=12, verbose_name='替代方式'),
        ),
        migrations.AddField(
            model_name='supervisionnotice',
            name='replacing_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='更正或撤回的原因'),
        ),
        migrations.AddConstraint(
            model_name='supervisionnotice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('replaces__isnull', True), ('replacing', '')), models.Q(('replaces__isnull', False), models.Q(('replacing', ''), _negated=True)), _connector='OR'), name='supervision_notice_replaces_in_a_way'),
        ),
    ]
