"""What offices do for a measure and how often: the words of the plan reader, on screen."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class UnitRole(models.TextChoices):
    """What an office does; values are those of `anju.reader.model.Role`."""

    LEAD = "lead", _("牵头")
    COOPERATING = "co-operating", _("配合")
    RESPONSIBLE = "responsible", pgettext_lazy("unit role", "责任")
    IMPLEMENTING = "implementing", _("具体落实")


class Rhythm(models.TextChoices):
    """How often something is due; values are those of `anju.reader.model.Every`."""

    DAY = "day", _("每日")
    WEEK = "week", _("每周")
    TWO_WEEKS = "two_weeks", _("每两周")
    HALF_MONTH = "half_month", _("每半月")
    MONTH = "month", _("每月")
    TWO_MONTHS = "two_months", _("每两个月")
    QUARTER = "quarter", _("每季度")
    HALF_YEAR = "half_year", _("每半年")
    YEAR = "year", _("每年")


class Comparison(models.TextChoices):
    """How a value compares with its target; values are those of `anju.reader.model.Operator`."""

    AT_LEAST = ">=", _("不低于")
    AT_MOST = "<=", _("不高于")
    MORE = ">", _("高于")
    LESS = "<", _("低于")
    EQUAL = "=", _("等于")
    BETWEEN = "between", _("介于")
