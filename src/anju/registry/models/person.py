"""Persons: identity with sealed numbers, dated records, and membership in households."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anju.registry.models.dated import Dated, Known
from anju.registry.models.household import Household


class Sex(models.TextChoices):
    """性别."""

    MALE = "M", _("男")
    FEMALE = "F", _("女")


class Schooling(models.TextChoices):
    """在校阶段."""

    NONE = "none", _("不在校")
    PRESCHOOL = "preschool", _("学前")
    COMPULSORY = "compulsory", _("义务教育")
    UPPER_SECONDARY = "upper_secondary", _("高中（含中职）")
    TERTIARY = "tertiary", _("大专及以上")


class Labour(models.TextChoices):
    """劳动技能."""

    ORDINARY = "ordinary", _("普通劳动力")
    SKILLED = "skilled", _("技能劳动力")
    WEAK = "weak", _("弱劳动力或半劳动力")
    LOST = "lost", _("丧失劳动力")
    NONE = "none", _("无劳动力")


class Person(models.Model):
    """人. Numbers are sealed (SM4) and looked up by keyed SM3 digest; see anju.sealing."""

    code = models.CharField("人员编码", max_length=24, unique=True)
    name = models.CharField("姓名", max_length=60)
    initials = models.CharField("姓名拼音首字母", max_length=20, blank=True)
    sex = models.CharField("性别", max_length=1, choices=Sex, blank=True)
    born_on = models.DateField("出生日期", null=True, blank=True)
    nation = models.CharField("民族", max_length=20, blank=True)
    identity_sealed = models.BinaryField("证件号码（SM4 密文）", null=True, blank=True)
    identity_digest = models.BinaryField(
        "证件号码摘要（HMAC-SM3，查重用）", max_length=32, null=True, blank=True, unique=True
    )
    identity_tail_digest = models.BinaryField(
        "证件号码后四位摘要（查询用）", max_length=32, null=True, blank=True
    )
    phone_sealed = models.BinaryField("联系电话（SM4 密文）", null=True, blank=True)
    disability_card_sealed = models.BinaryField("残疾人证号（SM4 密文）", null=True, blank=True)
    bank_account_sealed = models.BinaryField("银行账号（SM4 密文）", null=True, blank=True)
    bank_account_digest = models.BinaryField(
        "银行账号摘要（HMAC-SM3，查同一账号用）", max_length=32, null=True, blank=True
    )
    digest_key_id = models.PositiveSmallIntegerField("摘要密钥编号", default=1, db_default=1)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["name", "id"], name="registry_person_name"),
            models.Index(fields=["initials", "id"], name="registry_person_initials"),
            models.Index(fields=["identity_tail_digest"], name="registry_person_tail"),
            models.Index(
                fields=["bank_account_digest"],
                condition=Q(bank_account_digest__isnull=False),
                name="registry_person_account",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class PersonRecord(Dated):
    """What a person was from a day on: education, schooling, labour, health.

    Sex and birth date stand here too, so that a correction of them keeps what was known before.
    """

    person = models.ForeignKey(
        Person, verbose_name="人员", on_delete=models.PROTECT, related_name="records"
    )
    sex = models.CharField("性别", max_length=1, choices=Sex, blank=True)
    born_on = models.DateField("出生日期", null=True, blank=True)
    education = models.CharField("文化程度", max_length=20, blank=True)
    schooling = models.CharField(
        "在校阶段", max_length=16, choices=Schooling, null=True, blank=True
    )
    labour = models.CharField("劳动技能", max_length=10, choices=Labour, null=True, blank=True)
    health = models.CharField("健康状况", max_length=40, blank=True)

    class Meta:
        ordering = ["person_id", "known_from", "id"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.valid_from}"


class Membership(Known):
    """A person belongs to a household from `joined_on` until `left_on` (exclusive)."""

    household = models.ForeignKey(
        Household, verbose_name="户", on_delete=models.PROTECT, related_name="memberships"
    )
    person = models.ForeignKey(
        Person,
        verbose_name="人员",
        on_delete=models.PROTECT,
        related_name="memberships",
        db_index=False,
    )
    relation = models.CharField("与户主关系", max_length=30)
    joined_on = models.DateField("加入日期", null=True, blank=True)
    left_on = models.DateField("离开日期（不含当日）", null=True, blank=True)
    left_reason = models.CharField("离开原因", max_length=20, blank=True)

    class Meta:
        ordering = ["household_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on__isnull=True)
                | Q(joined_on__isnull=True)
                | Q(left_on__gte=F("joined_on")),
                name="registry_membership_order",
            ),
            models.UniqueConstraint(
                fields=["household", "person", "joined_on"],
                condition=Q(known_to__isnull=True),
                name="registry_membership_once",
            ),
        ]
        indexes = [
            # From a person found by name to the household, without reading the row.
            models.Index(
                fields=["person", "household", "known_to", "left_on"],
                name="registry_membership_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.person_id}"
