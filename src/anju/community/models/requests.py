"""诉求: what somebody told the community, where it is, who deals with it, and its story."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anju.accounts.models import Unit
from anju.community.states import Outcome, State
from anju.places.models import Building, Grid, Site
from anju.registry.models import Household


class RequestState(models.TextChoices):
    """Where it stands; which follows which says `anju.community.states`."""

    TOLD = State.TOLD.value, _("待受理")
    TAKEN = State.TAKEN.value, _("办理中")
    HANDLED = State.HANDLED.value, _("已办待确认")
    CLOSED = State.CLOSED.value, _("已办结")


class RequestOutcome(models.TextChoices):
    """How it was closed."""

    CONFIRMED = Outcome.CONFIRMED.value, _("反映人确认")
    SILENT = Outcome.SILENT.value, _("期内没有意见")
    EXPLAINED = Outcome.EXPLAINED.value, _("不能办理，已说明")
    JOINED = Outcome.JOINED.value, _("已并入")


class Channel(models.TextChoices):
    """By which way it was told."""

    CAME = "came", _("来访")
    PHONE = "phone", _("电话")
    VISIT = "visit", _("入户走访")
    HOTLINE = "hotline", _("热线转办")
    OTHER = "other", _("其他")


class StepKind(models.TextChoices):
    """What happened to a request."""

    TOLD = "told", _("反映")
    AGAIN = "again", _("再次反映，已并入")
    TAKEN = "taken", _("受理")
    PASSED = "passed", _("转办")
    EXTENDED = "extended", _("延期")
    HANDLED = "handled", _("办理")
    CONFIRMED = "confirmed", _("反映人确认办好")
    REJECTED = "rejected", _("反映人认为没有办好，继续办理")
    SILENT = "silent", _("期内没有意见，办结")
    EXPLAINED = "explained", _("不能办理，已说明原因")
    JOINED = "joined", _("并入另一件")
    REOPENED = "reopened", _("重新办理")
    LEAD = "lead", _("上报困难线索")
    PAID = "paid", _("关联维修基金支出")


class Request(models.Model):
    """One matter, however often it was told. `kind` and `reason` are codes of the policy pack.

    It lies with `unit`; without one with whoever answers for the place. Of what is a household's own
    matter `is_own` says so; of what is everybody's, `household` is only who told it.
    """

    number = models.CharField("诉求编号", max_length=30, unique=True)
    kind = models.CharField("诉求类别（代码）", max_length=30)
    village_code = models.CharField("所在村（社区）代码", max_length=12)
    site = models.ForeignKey(
        Site,
        verbose_name="安置点",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    building = models.ForeignKey(
        Building,
        verbose_name="楼栋",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    entrance = models.CharField("单元", max_length=10, blank=True)
    room = models.CharField("房号", max_length=20, blank=True)
    grid = models.ForeignKey(
        Grid, verbose_name="网格", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    household = models.ForeignKey(
        Household,
        verbose_name="反映的农户",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    is_own = models.BooleanField("是本户自己的事", default=False)
    words = models.TextField("反映的情况")
    said_on = models.DateField("反映日期")
    unit = models.ForeignKey(
        Unit,
        verbose_name="办理单位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField("状态", max_length=8, choices=RequestState, default=RequestState.TOLD)
    outcome = models.CharField("办结方式", max_length=10, choices=RequestOutcome, blank=True)
    reason = models.CharField("不能办理的原因（代码）", max_length=30, blank=True)
    answer_by = models.DateField("受理期限", help_text="含当日")
    settle_by = models.DateField("办结期限", help_text="含当日")
    confirm_by = models.DateField("反映人提意见的期限", null=True, blank=True)
    due_on = models.DateField("当前期限", help_text="含当日；办结后不再变")
    taken_on = models.DateField("受理日期", null=True, blank=True)
    handled_on = models.DateField("办理日期", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    extensions = models.PositiveSmallIntegerField("延期次数", default=0)
    tellings = models.PositiveSmallIntegerField("反映次数", default=1)
    joined_into = models.ForeignKey(
        "self",
        verbose_name="并入的诉求",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="joined",
    )
    lead_id = models.BigIntegerField("上报的线索编号", null=True, blank=True)
    payment = models.ForeignKey(
        "community.FundEntry",
        verbose_name="维修基金支出",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requests",
    )

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["village_code", "state", "due_on"], name="community_request_place"
            ),
            models.Index(fields=["state", "due_on", "id"], name="community_request_due"),
            models.Index(fields=["unit", "state", "due_on"], name="community_request_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False) & ~Q(outcome="")
                | ~Q(state="closed") & Q(closed_on__isnull=True, outcome=""),
                name="community_request_closed_or_open",
            ),
            models.CheckConstraint(
                condition=Q(is_own=False) | Q(household__isnull=False),
                name="community_request_own_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answer_by__gte=F("said_on")), name="community_request_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class RequestStep(models.Model):
    """诉求经过: one thing that happened to a request, by whom and in which words."""

    request = models.ForeignKey(
        Request, verbose_name="诉求", on_delete=models.CASCADE, related_name="steps"
    )
    kind = models.CharField("经过", max_length=10, choices=StepKind)
    on = models.DateField("日期")
    words = models.TextField("情况", blank=True)
    channel = models.CharField("反映渠道", max_length=8, choices=Channel, blank=True)
    told_by = models.CharField("反映人", max_length=60, blank=True)
    unit = models.ForeignKey(
        Unit,
        verbose_name="转给的单位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    until = models.DateField("期限", null=True, blank=True)
    done_by = models.CharField("经办人（登录名）", max_length=150)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.kind} {self.on}"


class RequestNumber(models.Model):
    """Numbers are counted here: who writes one may not see those of other places."""

    prefix = models.CharField("编号前缀（县和年）", max_length=24, unique=True)
    last = models.PositiveIntegerField("最后一个序号", default=0)

    class Meta:
        ordering = ["prefix"]

    def __str__(self) -> str:
        return f"{self.prefix} {self.last}"
