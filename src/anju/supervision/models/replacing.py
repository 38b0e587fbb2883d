"""How a document takes the place of one that is out, which stays as it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Replacing(models.TextChoices):
    """What a document does to the one it names."""

    CORRECTION = "correction", _("更正")
    WITHDRAWAL = "withdrawal", _("撤回")


class Replaceable(models.Model):
    """What reports and notices have in common; each adds `replaces`, one to one, so that corrections make a
    chain: docs/decisions/0028-corrections-are-documents.md."""

    replacing = models.CharField("替代方式", max_length=12, choices=Replacing, blank=True)
    replacing_reason = models.CharField("更正或撤回的原因", max_length=300, blank=True)

    class Meta:
        abstract = True
