from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('duties', '0012_returned_days'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='taskdue',
            name='duties_due_open',
        ),
        migrations.AddIndex(
            model_name='taskdue',
            index=models.Index(condition=models.Q(models.Q(('state', 'accepted'), _negated=True), models.Q(('state', 'lapsed'), _negated=True)), fields=['due_on', 'id'], name='duties_due_unsettled'),
        ),
    ]
