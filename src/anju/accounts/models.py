"""Who works with the system: users, units, and posts (a role in a place for a time)."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    """What sort of office a unit is."""

    BUREAU = "bureau", _("县直部门")
    TOWN = "town", _("乡镇")
    VILLAGE = "village", _("村（社区）")
    SCHOOL = "school", _("学校")
    HOSPITAL = "hospital", _("医疗机构")
    ENTERPRISE = "enterprise", _("企业")
    OTHER = "other", _("其他")


class Unit(models.Model):
    """单位: an office that answers for something."""

    name = models.CharField("单位名称", max_length=80, unique=True)
    kind = models.CharField("单位类型", max_length=10, choices=UnitKind)
    division_code = models.CharField("所在行政区划代码", max_length=12)
    office = models.CharField(
        "数据部门",
        max_length=20,
        blank=True,
        help_text="以哪个部门的身份报送名单、认定部门之间的不一致，例如教育；空：不是数据部门",
    )

    class Meta:
        ordering = ["division_code", "name"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Looks users up by sign-in name; they are made by accounts.actions."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this sign-in name."""
        return self.get(username=username)


class User(AbstractBaseUser):
    """用户: a person who signs in."""

    username = models.CharField("登录名", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=60)
    unit = models.ForeignKey(
        Unit,
        verbose_name="所在单位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    is_active = models.BooleanField("启用", default=True)
    language = models.CharField(
        "界面语言", max_length=10, blank=True, help_text="空：本人没有选过，随浏览器里的选择"
    )
    created_on = models.DateField("开户日期")
    password_set_on = models.DateField("密码设置日期")
    must_change_password = models.BooleanField(
        "须改密码", default=False, help_text="初始密码：下次登录先改密码"
    )

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.username


class OldPassword(models.Model):
    """用过的密码: only its hash, so that it is not taken again."""

    user = models.ForeignKey(
        User, verbose_name="用户", on_delete=models.CASCADE, related_name="old_passwords"
    )
    password = models.CharField("密码摘要", max_length=128)
    set_on = models.DateField("设置日期")

    class Meta:
        ordering = ["user_id", "-id"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.set_on}"


class AttemptOutcome(models.TextChoices):
    """What became of one attempt to sign in."""

    SIGNED_IN = "signed_in", _("已登录")
    WRONG_PASSWORD = "wrong_password", _("登录名或密码错误")
    WRONG_CODE = "wrong_code", _("验证码错误")
    NOT_KNOWN = "not_known", _("统一身份没有对应的用户")
    LOCKED = "locked", _("锁定期间再试")
    UNLOCKED = "unlocked", _("已解锁")


class LoginAttempt(models.Model):
    """登录尝试: who tried to sign in, from where, and what became of it.

    What was typed is kept only as a keyed digest, for it may be a mistyped password; `user` is
    set when somebody has that name. Unlocking adds a row, nothing is changed.
    """

    at = models.DateTimeField("时间")
    user = models.ForeignKey(
        User,
        verbose_name="用户",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    name_digest = models.CharField("登录名摘要", max_length=64, blank=True)
    address = models.CharField("来源地址", max_length=45, blank=True)
    outcome = models.CharField("结果", max_length=20, choices=AttemptOutcome)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["name_digest", "-id"], name="accounts_attempt_name"),
            models.Index(fields=["address", "-id"], name="accounts_attempt_address"),
            models.Index(fields=["at"], name="accounts_attempt_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.outcome}"


class Post(models.Model):
    """岗位: a role that a user holds in one place from a day until a day (exclusive)."""

    user = models.ForeignKey(
        User, verbose_name="用户", on_delete=models.PROTECT, related_name="posts"
    )
    role = models.CharField("角色", max_length=40)
    division_code = models.CharField("行政区划代码", max_length=12)
    grid_code = models.CharField("网格编码", max_length=20, blank=True)
    valid_from = models.DateField("任职日期")
    valid_to = models.DateField("离任日期（不含当日）", null=True, blank=True)

    class Meta:
        ordering = ["user_id", "division_code", "role"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="accounts_post_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "division_code", "grid_code", "valid_from"],
                name="accounts_post_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.division_code}"


class Token(models.Model):
    """接口令牌: lets another system of the office read, in one place, until a day.

    Only a digest is kept: the token itself is shown once, to whoever issued it.
    """

    system = models.CharField("对接系统名称", max_length=60)
    digest = models.CharField("令牌摘要（SHA-256）", max_length=64, unique=True)
    permissions = models.JSONField("权限", default=list)
    division_code = models.CharField("行政区划代码", max_length=12)
    issued_by = models.CharField("发放人（登录名）", max_length=150)
    issued_at = models.DateTimeField("发放时间")
    expires_on = models.DateField("到期日期（不含当日）")
    revoked_at = models.DateTimeField("收回时间", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["system"],
                condition=Q(revoked_at__isnull=True),
                name="accounts_token_once_a_system",
            )
        ]

    def __str__(self) -> str:
        return self.system
