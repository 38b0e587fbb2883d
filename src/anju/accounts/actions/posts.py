"""Posts: a role in a place, given and ended."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from anju.accounts.models import Post, User
from anju.accounts.roles import ROLES, Reach, Role
from anju.accounts.scope import prefix_of, range_of
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.changes import between
from anju.audit.refusal import Refusal
from anju.places.models import Division, Grid, Level

_LEVELS = {
    Reach.COUNTY: Level.COUNTY,
    Reach.TOWN: Level.TOWN,
    Reach.VILLAGE: Level.VILLAGE,
    Reach.GRID: Level.VILLAGE,
}


class PostRefused(Refusal):
    """A post cannot be given like this."""


@transaction.atomic
def give(
    *,
    by: Actor,
    on: date,
    user: User,
    role: str,
    division_code: str,
    grid_code: str = "",
    until: date | None = None,
) -> Post:
    """Give a user a role in a place from `on` until `until` (exclusive)."""
    known = ROLES.get(role)
    if known is None:
        raise PostRefused(
            _("没有“%(role)s”这个角色，可选：%(roles)s。")
            % {"role": role, "roles": "、".join(ROLES)}
        )
    if user.username == by.username:
        raise PostRefused(_("不能给自己安排岗位，请由另一位安全管理员办理。"))
    if not user.is_active:
        raise PostRefused(
            _("用户“%(user_username)s”已停用，请先启用。") % {"user_username": user.username}
        )
    if until is not None and until <= on:
        raise PostRefused(_("离任日期须晚于任职日期。"))
    code = _division_for(known, division_code)
    _check_grid(known, code, grid_code)
    _keep_administrators_apart(user, known, on, until)
    post, is_new = Post.objects.get_or_create(
        user=user,
        role=role,
        division_code=code,
        grid_code=grid_code,
        valid_from=on,
        defaults={"valid_to": until},
    )
    if not is_new:
        raise PostRefused(_("该用户当日已有同一岗位。"))
    detail = {"user": user.pk, "role": role, "division": code, "grid": grid_code}
    record(by=by, action="post.give", kind="post", ids=[post.pk], detail=detail, place=code)
    return post


@transaction.atomic
def end(*, by: Actor, on: date, post: Post, reason: str = "") -> None:
    """End a post: from `on` it gives nothing."""
    if on < post.valid_from:
        raise PostRefused(_("离任日期不能早于任职日期。"))
    changes = between(Post, {"valid_to": post.valid_to}, {"valid_to": on})
    post.valid_to = on
    post.save(update_fields=["valid_to"])
    record(
        by=by,
        action="post.end",
        kind="post",
        ids=[post.pk],
        reason=reason,
        detail={"user": post.user_id, "role": post.role, "changes": changes},
        place=post.division_code,
    )


def _division_for(role: Role, division_code: str) -> str:
    """The full code of the place, which must exist and be as big as the role needs."""
    try:
        prefix = prefix_of(division_code)
    except ValueError:
        raise PostRefused(
            _("“%(division_code)s”不是行政区划代码，应为 12 位数字。")
            % {"division_code": division_code}
        ) from None
    code = prefix.ljust(12, "0")
    level = _LEVELS[role.reach]
    if len(prefix) != level:
        raise PostRefused(
            _("角色“%(role_name)s”要对应%(level_label)s一级的行政区划代码。")
            % {"role_name": role.name, "level_label": level.label}
        )
    if not Division.objects.filter(code=code, level=level).exists():
        raise PostRefused(_("行政区划 %(code)s 尚未登记，请先导入行政区划。") % {"code": code})
    return code


def _check_grid(role: Role, code: str, grid_code: str) -> None:
    """A grid worker needs a grid of that village; nobody else has one."""
    if role.reach is not Reach.GRID:
        if grid_code:
            raise PostRefused(_("角色“%(role_name)s”不需要网格编码。") % {"role_name": role.name})
        return
    low, high = range_of(code)
    inside = Grid.objects.filter(code=grid_code, village_code__gte=low, village_code__lt=high)
    if not inside.exists():
        raise PostRefused(
            _("网格“%(grid_code)s”不在 %(code)s 内，请核对网格编码。")
            % {"grid_code": grid_code, "code": code}
        )


def _keep_administrators_apart(user: User, role: Role, on: date, until: date | None) -> None:
    """系统、安全、审计三员分设; an administrator holds no working post either."""
    held = Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), user=user)
    if until is not None:
        held = held.filter(valid_from__lt=until)
    for other in held.exclude(role=role.id).values_list("role", flat=True):
        if role.is_administrator or (other in ROLES and ROLES[other].is_administrator):
            name = ROLES[other].name if other in ROLES else other
            raise PostRefused(
                _("该用户已任“%(name)s”，不能再任“%(role_name)s”：三员须分设。")
                % {"name": name, "role_name": role.name}
            )
