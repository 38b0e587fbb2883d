"""What facts of one person have in common that stand with a household."""

from django.db import models

from anju.registry.models import Household, Person
from anju.registry.models.dated import Known


class OfMember(Known):
    """A fact of a person, which stands with the household they belonged to on its day."""

    household = models.ForeignKey(
        Household, verbose_name="户", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        Person, verbose_name="人员", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        abstract = True
