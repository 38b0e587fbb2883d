from django.db import migrations

from anju.places.fences import Functions


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [Functions()]
