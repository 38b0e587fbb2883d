"""Files in: a batch is one file, a row ends in exactly one outcome; how sources lay out lists."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    """Where a file stands on its way into the registers."""

    RECEIVED = "received", _("已接收")
    CHECKING = "checking", _("检查中")
    MAPPING = "mapping", _("待核对列")
    CHECKED = "checked", _("已检查，待确认")
    COMMITTING = "committing", _("写入中")
    DONE = "done", _("已入库")
    REFUSED = "refused", _("已退回")
    CANCELLED = "cancelled", _("已取消")


class Outcome(models.TextChoices):
    """What became of one row."""

    CREATED = "created", _("新增")
    UPDATED = "updated", _("更新")
    UNCHANGED = "unchanged", _("无变化")
    CONFLICT = "conflict", _("有冲突")
    WAITING = "waiting", _("待决定")
    REJECTED = "rejected", _("退回")


class Batch(models.Model):
    """One file of one feed. The same file twice is recognised by its digest."""

    feed = models.CharField("数据来源", max_length=40, blank=True)
    file_name = models.CharField("文件名", max_length=200)
    digest = models.CharField("文件摘要", max_length=64)
    bytes = models.BigIntegerField("文件大小（字节）")
    known_on = models.DateField("数据日期", help_text="数据日期：县里何时掌握")
    division_code = models.CharField("所属行政区划代码", max_length=12)
    state = models.CharField("状态", max_length=12, choices=BatchState, default=BatchState.RECEIVED)
    rows = models.PositiveIntegerField("行数", default=0)
    counts = models.JSONField("各结果行数", default=dict)
    problem = models.TextField("退回原因", blank=True)
    good_rows_only = models.BooleanField("仅写入合格行", default=True)
    hold = models.BooleanField("先检查后确认", default=False, help_text="先检查，确认后再写入")
    asks = models.BooleanField(
        "列有变化时先问", default=False, help_text="认不出的列或与以往不同的列，由人核对后再读"
    )
    question = models.JSONField(
        "要核对的列", default=dict, help_text="工作表、与以往相比多了、少了、改了名的列"
    )
    differences = models.JSONField(
        "与上次名单相比", default=dict, help_text="上次的批次，新增、减少、变化、矛盾的行数"
    )
    job_id = models.BigIntegerField("作业编号", null=True, blank=True)
    created_by = models.CharField("上传人（登录名）", max_length=150)
    held_by = models.CharField(
        "经办人（登录名）", max_length=150, help_text="谁来确认；起初是上传人，交接后是接任的人"
    )
    created_at = models.DateTimeField("上传时间")
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "digest", "known_on"],
                condition=~Q(state__in=["refused", "cancelled"]),
                name="intake_file_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.feed} {self.file_name}"


class Profile(models.Model):
    """How a source lays out a sheet of a list: known again by its headings, asked about once."""

    feed = models.CharField("数据来源", max_length=40)
    sheet = models.CharField("表", max_length=40)
    source = models.CharField("来源单位", max_length=60, blank=True)
    headings = models.JSONField("文件中的列名", default=list)
    fingerprint = models.CharField("列名摘要", max_length=64)
    columns = models.JSONField("对应关系", default=dict, help_text="系统中的栏目 → 文件中的列名")
    by_hand = models.BooleanField("由人核对", default=False)
    saved_by = models.CharField("保存人（登录名）", max_length=150)
    saved_at = models.DateTimeField("保存时间")
    last_batch_id = models.BigIntegerField("最近一次使用的批次", null=True, blank=True)

    class Meta:
        ordering = ["feed", "sheet", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "sheet", "fingerprint"], name="intake_profile_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.feed} {self.sheet} {self.source}"


class Decision(models.Model):
    """Whose row it is, as somebody decided; holds for every row typed like that, also next month."""

    key = models.CharField(
        "行内容摘要", max_length=64, help_text="由姓名、出生日期等算出，不可还原"
    )
    person_id = models.BigIntegerField(
        "认定的人员内部编号", null=True, blank=True, help_text="空：不是底册中的人"
    )
    score = models.PositiveSmallIntegerField("认定时的把握（千分之几）", default=0)
    reason = models.CharField("理由", max_length=200, blank=True)
    batch_id = models.BigIntegerField("批次")
    sheet = models.CharField("工作表", max_length=60)
    number = models.PositiveIntegerField("行号")
    made_by = models.CharField("认定人（登录名）", max_length=150)
    made_at = models.DateTimeField("认定时间")
    revoked_by = models.CharField("撤回人（登录名）", max_length=150, blank=True)
    revoked_at = models.DateTimeField("撤回时间", null=True, blank=True)
    left_behind = models.BooleanField(
        "留有待更正的内容", default=False, help_text="撤回时已写入的内容，要有人更正"
    )
    cleared_by = models.CharField("更正核对人（登录名）", max_length=150, blank=True)
    cleared_at = models.DateTimeField("更正核对时间", null=True, blank=True)
    cleared_note = models.CharField("更正核对说明", max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(revoked_at__isnull=True), name="intake_decision_once"
            )
        ]
        indexes = [
            models.Index(fields=["batch_id", "id"], name="intake_decision_batch"),
            models.Index(
                fields=["batch_id"],
                condition=Q(left_behind=True, cleared_at__isnull=True),
                name="intake_decision_left_behind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"


class Row(models.Model):
    """What became of one row of a file; holds no identity number (see `anju.sealing`)."""

    batch = models.ForeignKey(
        Batch,
        verbose_name="批次",
        on_delete=models.CASCADE,
        related_name="lines",
        db_index=False,  # the others begin with it
    )
    sheet = models.CharField("工作表", max_length=60)
    number = models.PositiveIntegerField("行号", help_text="工作表中的行号，从 1 起")
    outcome = models.CharField("处理结果", max_length=10, choices=Outcome)
    household_id = models.BigIntegerField("户内部编号", null=True, blank=True)
    person_id = models.BigIntegerField("人员内部编号", null=True, blank=True)
    village_code = models.CharField("村（社区）代码", max_length=12, blank=True)
    code = models.CharField("户或人员编码", max_length=40, blank=True)
    column = models.CharField("有问题的列", max_length=60, blank=True)
    message = models.TextField("说明", blank=True)
    changes = models.JSONField("更新的栏目", default=dict)
    sides = models.JSONField(
        "冲突双方",
        default=dict,
        help_text="名单和底册各自的值、来源，以及由哪个部门认定",
    )
    candidates = models.JSONField(
        "候选人员",
        default=list,
        help_text="可能是的人：人员内部编号、得分和理由，由人决定",
    )

    class Meta:
        ordering = ["batch_id", "sheet", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "sheet", "number"], name="intake_one_outcome_a_row"
            )
        ]
        indexes = [
            models.Index(fields=["batch", "outcome", "number"], name="intake_row_outcome"),
            models.Index(fields=["household_id"], name="intake_row_household"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"


class DifferenceKind(models.TextChoices):
    """What is different: from the list of the month before, or between two departments."""

    NEW = "new", _("新出现")
    GONE = "gone", _("不再出现")
    CHANGED = "changed", _("有变化")
    CONTRADICTING = "contradicting", _("部门不一致")


class Settlement(models.TextChoices):
    """How a contradiction between departments ended."""

    STANDS = "stands", _("底册正确")
    CORRECTED = "corrected", _("底册已更正")
    PASSED = "passed", _("已不再不一致")


DECIDED = (Settlement.STANDS, Settlement.CORRECTED)
"""What somebody may say; the other ends by itself when a later list agrees."""


class Difference(models.Model):
    """One line of a list that the list before had otherwise, or another department says otherwise."""

    batch = models.ForeignKey(
        Batch,
        verbose_name="批次",
        on_delete=models.CASCADE,
        related_name="different",
        db_index=False,  # the others begin with it
    )
    kind = models.CharField("变化", max_length=14, choices=DifferenceKind)
    sheet = models.CharField("工作表", max_length=60)
    number = models.PositiveIntegerField("行号", help_text="不再出现的：上次名单中的行号")
    outcome = models.CharField("处理结果", max_length=10, choices=Outcome, blank=True)
    household_id = models.BigIntegerField("户内部编号", null=True, blank=True)
    person_id = models.BigIntegerField("人员内部编号", null=True, blank=True)
    village_code = models.CharField("村（社区）代码", max_length=12, blank=True)
    fields = models.JSONField("栏目", default=dict, help_text="栏目 → 上次和这次，或底册和名单")
    rules = models.JSONField("可能触发的规则", default=list)
    decides = models.CharField("由哪个部门认定", max_length=60, blank=True)
    sources = models.JSONField("底册的来源", default=dict, help_text="栏目 → 名单和批次")
    since = models.DateField(
        "首次提出日期",
        null=True,
        blank=True,
        help_text="部门不一致：最早一份这样说的名单的数据日期",
    )
    settlement = models.CharField("认定结果", max_length=10, choices=Settlement, blank=True)
    note = models.CharField("认定说明", max_length=200, blank=True)
    settled_by = models.CharField("认定人（登录名）", max_length=150, blank=True)
    settled_at = models.DateTimeField("认定时间", null=True, blank=True)

    class Meta:
        ordering = ["batch_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settlement="", settled_at__isnull=True)
                | (~Q(settlement="") & Q(settled_at__isnull=False)),
                name="intake_difference_settled",
            )
        ]
        indexes = [
            models.Index(fields=["batch", "kind", "id"], name="intake_difference_kind"),
            models.Index(fields=["person_id"], name="intake_difference_person"),
            models.Index(
                fields=["decides", "id"],
                condition=Q(settled_at__isnull=True) & ~Q(decides=""),
                name="intake_difference_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.kind} {self.number}"
