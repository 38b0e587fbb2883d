"""The two time axes: when it was true, and when the county knew it.

`valid_to` and `known_to` are exclusive and empty while open. A correction closes the old row
(`known_to`) and adds a new one, so that any month can be asked "as it was" and "as known then".
"""

from django.db import models


class Known(models.Model):
    """When the county knew of a row, and from which list or person it came."""

    known_from = models.DateField("掌握日期")
    known_to = models.DateField("更正日期（不含当日）", null=True, blank=True)
    source = models.CharField("来源（名单或经办人）", max_length=120)

    class Meta:
        abstract = True


class Dated(Known):
    """A known row that was also true only for a time."""

    valid_from = models.DateField("生效日期", null=True, blank=True)
    valid_to = models.DateField("失效日期（不含当日）", null=True, blank=True)

    class Meta:
        abstract = True
