from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('duties', '0011_rhythms_between'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='taskdue',
            index=models.Index(condition=Q(state='returned'), fields=['due_on', 'id'], name='duties_due_returned'),
        ),
    ]
