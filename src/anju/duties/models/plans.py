"""方案: a plan document, its versions, and what was read from each and confirmed by a person."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anju.duties.models.rhythms import Comparison, Rhythm, UnitRole


class Plan(models.Model):
    """方案: what all versions of one document have in common."""

    title = models.CharField("方案名称", max_length=200)
    short_title = models.CharField("简称", max_length=40, unique=True)
    number = models.CharField("发文字号", max_length=60, blank=True)
    issuer = models.CharField("发文机关", max_length=120, blank=True)
    dated = models.DateField("成文日期", null=True, blank=True)
    pack = models.CharField("政策包", max_length=60, blank=True)
    created_on = models.DateField("登记日期")
    ended_on = models.DateField("终止日期", null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.short_title


class VersionState(models.TextChoices):
    """Where a version stands: nothing of it counts before it is live."""

    CONFIRMING = "confirming", _("确认中")
    LIVE = "live", _("已生效")
    REPLACED = "replaced", _("已被新版替代")
    DISCARDED = "discarded", _("已放弃")


class PlanVersion(models.Model):
    """方案版本: one uploaded text. Offsets of everything below are those of `text`."""

    plan = models.ForeignKey(
        Plan, verbose_name="方案", on_delete=models.PROTECT, related_name="versions"
    )
    sequence = models.PositiveSmallIntegerField("第几版")
    file_name = models.CharField("文件名", max_length=200)
    digest = models.CharField("文件摘要（SHA-256）", max_length=64)
    text = models.TextField("正文")
    sections = models.JSONField("章节（路径、标题、起止）", default=list)
    warnings = models.JSONField("识别提示", default=list)
    state = models.CharField(
        "状态", max_length=12, choices=VersionState, default=VersionState.CONFIRMING
    )
    uploaded_on = models.DateField("上传日期")
    uploaded_by = models.CharField("上传人（登录名）", max_length=150)
    adopted_on = models.DateField("生效日期", null=True, blank=True)
    adopted_by = models.CharField("生效人（登录名）", max_length=150, blank=True)

    class Meta:
        ordering = ["plan_id", "-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "sequence"], name="duties_version_once"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state="live"), name="duties_version_live_once"
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state="confirming"),
                name="duties_version_confirming_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.sequence}"


class MeasureKind(models.TextChoices):
    """What an item of a plan is; values are those of `anju.reader.model.MeasureKind`."""

    MEASURE = "measure", _("措施")
    GUARANTEE = "guarantee", _("保障")
    STEP = "step", _("步骤")


class MeasureState(models.TextChoices):
    """What a person said of an item that was read."""

    OPEN = "open", _("待确认")
    CONFIRMED = "confirmed", _("已确认")
    DROPPED = "dropped", _("不采用")


class MeasureOrigin(models.TextChoices):
    """How an item came to be there."""

    READ = "read", _("自动识别")
    ADDED = "added", _("人工添加")
    SPLIT = "split", _("拆分而来")
    MERGED = "merged", _("合并而来")
    CARRIED = "carried", _("沿用上一版")


class PlanMeasure(models.Model):
    """方案措施: one promise of the plan, with the span of text it stands in."""

    version = models.ForeignKey(
        PlanVersion, verbose_name="方案版本", on_delete=models.CASCADE, related_name="measures"
    )
    position = models.PositiveIntegerField("次序")
    key = models.CharField("条款", max_length=80)
    section = models.CharField("所在章节", max_length=60, blank=True)
    number = models.CharField("序号", max_length=12, blank=True)
    title = models.CharField("措施名称", max_length=200)
    start = models.PositiveIntegerField("起点（字）")
    end = models.PositiveIntegerField("终点（字，不含）")
    kind = models.CharField("类别", max_length=10, choices=MeasureKind)
    confidence = models.FloatField("把握（0至1）", default=1)
    origin = models.CharField("来源", max_length=8, choices=MeasureOrigin)
    state = models.CharField("状态", max_length=10, choices=MeasureState, default=MeasureState.OPEN)
    confirmed_on = models.DateField("确认日期", null=True, blank=True)
    confirmed_by = models.CharField("确认人（登录名）", max_length=150, blank=True)
    carried_from = models.ForeignKey(
        "self",
        verbose_name="上一版的措施",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering = ["version_id", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="duties_measure_once"),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="duties_measure_has_words"
            ),
        ]
        indexes = [
            models.Index(fields=["version", "position", "id"], name="duties_measure_order"),
            models.Index(fields=["version", "state"], name="duties_measure_state"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.key}"


class _Span(models.Model):
    """What was read from a span of the text; both ends empty where a person added it."""

    start = models.PositiveIntegerField("起点（字）", null=True, blank=True)
    end = models.PositiveIntegerField("终点（字，不含）", null=True, blank=True)

    class Meta:
        abstract = True


class MeasureOffice(_Span):
    """措施单位: an office as the plan names it, and its role."""

    measure = models.ForeignKey(
        PlanMeasure, verbose_name="措施", on_delete=models.CASCADE, related_name="offices"
    )
    name = models.CharField("单位（方案写法）", max_length=80)
    role = models.CharField("职责", max_length=12, choices=UnitRole)

    class Meta:
        ordering = ["measure_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "name", "role"], name="duties_office_once_a_role"
            )
        ]
        indexes = [models.Index(fields=["name"], name="duties_office_name")]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.name} {self.role}"


class DeadlineKind(models.TextChoices):
    """By a day, within a span of time, or again and again; as `anju.reader.model.DeadlineKind`."""

    BY = "by", _("截止")
    WITHIN = "within", _("时限")
    RECURRING = "recurring", _("定期")


class MeasureDeadline(_Span):
    """措施时限: `due_on` is empty where the text leaves it open; `flag` says why it is uncertain."""

    measure = models.ForeignKey(
        PlanMeasure, verbose_name="措施", on_delete=models.CASCADE, related_name="deadlines"
    )
    words = models.CharField("原文写法", max_length=120)
    kind = models.CharField("类别", max_length=10, choices=DeadlineKind)
    due_on = models.DateField("到期日期", null=True, blank=True)
    every = models.CharField("频次", max_length=10, choices=Rhythm, blank=True)
    flag = models.CharField("存疑（代码）", max_length=20, blank=True)

    class Meta:
        ordering = ["measure_id", "id"]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.words}"


class MeasureTarget(_Span):
    """措施目标: a number to be reached. `upper` is set where the comparison is `between`."""

    measure = models.ForeignKey(
        PlanMeasure, verbose_name="措施", on_delete=models.CASCADE, related_name="targets"
    )
    indicator = models.CharField("指标（方案写法）", max_length=120)
    operator = models.CharField("比较", max_length=8, choices=Comparison)
    value = models.DecimalField("目标值", max_digits=18, decimal_places=4)
    upper = models.DecimalField("目标上限", max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField("计量单位", max_length=20, blank=True)
    due_on = models.DateField("到期日期", null=True, blank=True)

    class Meta:
        ordering = ["measure_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(operator="between", upper__gt=F("value"))
                    | (~Q(operator="between") & Q(upper__isnull=True))
                ),
                name="duties_target_upper_for_between",
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.indicator}"


class MeasureAmount(_Span):
    """措施补助标准: a subsidy rate or a sum, as written; subsidies themselves live elsewhere."""

    measure = models.ForeignKey(
        PlanMeasure, verbose_name="措施", on_delete=models.CASCADE, related_name="amounts"
    )
    what = models.CharField("事项", max_length=120)
    value = models.DecimalField("数值", max_digits=18, decimal_places=4)
    unit = models.CharField("计量单位", max_length=20)

    class Meta:
        ordering = ["measure_id", "id"]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.what}"
