"""What must be present before a case may move: authorisation, checks, review, removal check."""

from django.db import models
from django.db.models import F, Q

from anju.casework.models.cases import Case


class WrittenDown(models.Model):
    """What is kept of every row: how often the case had moved, so that a return tells what was
    written before it from what was written after it on the same day."""

    case_version = models.PositiveIntegerField("登记时案件的变更次数", null=True, blank=True)

    class Meta:
        abstract = True


class Authorisation(WrittenDown):
    """承诺授权书: the household lets the office compare data. Signed before any comparison."""

    case = models.ForeignKey(
        Case, verbose_name="案件", on_delete=models.CASCADE, related_name="authorisations"
    )
    signed_on = models.DateField("签字日期")
    signed_by = models.CharField("签字人", max_length=60)
    withdrawn_on = models.DateField("撤回日期", null=True, blank=True)
    recorded_by = models.CharField("登记人（登录名）", max_length=150)

    class Meta:
        ordering = ["case_id", "id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.signed_on}"


class HomeCheck(WrittenDown):
    """入户核查: the four criteria together, as found at home; money in fen a year."""

    case = models.ForeignKey(
        Case, verbose_name="案件", on_delete=models.CASCADE, related_name="home_checks"
    )
    procedure = models.CharField("程序", max_length=30)
    checked_on = models.DateField("核查日期")
    checked_by = models.CharField("核查人（登录名）", max_length=150)
    met = models.CharField("接待核查的家庭成员", max_length=60)
    income_per_capita = models.BigIntegerField("人均纯收入（分）", null=True, blank=True)
    rigid_spending = models.BigIntegerField("合规自付和刚性支出（分）", null=True, blank=True)
    guarantees = models.JSONField("三保障和饮水安全", default=dict, help_text="保障 → 是否有保障")
    own_means = models.TextField("自主应对能力")
    values = models.JSONField("其他核查项", default=dict, help_text="核查项 → 值")
    known = models.JSONField("系统已掌握的值", default=dict, help_text="核查项 → 值、来源、日期")
    has_risk = models.BooleanField("是否存在返贫致贫风险")
    note = models.TextField("核查说明", blank=True)

    class Meta:
        ordering = ["case_id", "id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.checked_on}"


class Comparison(WrittenDown):
    """数据比对: hints of means (car, company, housing) and how each was explained.

    A hint is a reason to ask, never a ground to exclude by itself.
    """

    case = models.ForeignKey(
        Case, verbose_name="案件", on_delete=models.CASCADE, related_name="comparisons"
    )
    compared_on = models.DateField("比对日期")
    compared_by = models.CharField("比对人（登录名）", max_length=150)
    hints = models.JSONField(
        "线索", default=list, help_text="每条：类别、来源、日期、是否影响识别、说明"
    )

    class Meta:
        ordering = ["case_id", "id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.compared_on}"


class Review(WrittenDown):
    """村级民主评议: entitled ≥ present ≥ for + against, with minutes."""

    case = models.ForeignKey(
        Case, verbose_name="案件", on_delete=models.CASCADE, related_name="reviews"
    )
    procedure = models.CharField("程序", max_length=30)
    held_on = models.DateField("评议日期")
    place = models.CharField("地点", max_length=80, blank=True)
    chair = models.CharField("主持人", max_length=60, blank=True)
    entitled = models.PositiveSmallIntegerField("应到人数")
    present = models.PositiveSmallIntegerField("实到人数")
    in_favour = models.PositiveSmallIntegerField("同意票数")
    against = models.PositiveSmallIntegerField("反对票数")
    minutes = models.TextField("评议记录")
    recorded_by = models.CharField("登记人（登录名）", max_length=150)

    class Meta:
        ordering = ["case_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(present__lte=F("entitled"))
                & Q(in_favour__lte=F("present") - F("against")),
                name="casework_review_votes_add_up",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.held_on}"


class RemovalCheck(WrittenDown):
    """风险消除核查: the thirteen indicators asked again, with what the registers said of each."""

    case = models.ForeignKey(
        Case, verbose_name="案件", on_delete=models.CASCADE, related_name="removal_checks"
    )
    checked_on = models.DateField("核查日期")
    checked_by = models.CharField("核查人（登录名）", max_length=150)
    values = models.JSONField("各项指标", default=dict, help_text="指标 → 值")
    known = models.JSONField("系统已掌握的值", default=dict, help_text="指标 → 值、来源、日期")
    acknowledged_by = models.CharField("认可签字人", max_length=60, blank=True)
    acknowledged_on = models.DateField("认可签字日期", null=True, blank=True)

    class Meta:
        ordering = ["case_id", "id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.checked_on}"
