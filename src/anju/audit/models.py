"""The audit trail: one table for changes, reads of personal data, exports and sign-ins.

Rows carry labels and ids as text and no foreign keys, so that the log outlives what it describes.
They are only ever added: changing or deleting one is refused here and shows in the chain anyway.
"""

from typing import Any, NoReturn

from django.db import models

from anju.audit import chain


class AppendOnly(Exception):
    """Somebody tried to change or delete an audit entry."""


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries can be read and added, nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnly("Audit entries are never changed.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnly("Audit entries are never changed.")

    def delete(self) -> NoReturn:
        """Refused."""
        raise AppendOnly("Audit entries are never deleted.")


class Entry(models.Model):
    """审计记录: one thing somebody did, chained to the entry before it by a keyed SM3 digest."""

    sequence = models.BigIntegerField("序号", unique=True)
    at = models.DateTimeField("时间", db_index=True)
    actor = models.CharField("操作人（登录名）", max_length=150, db_index=True)
    action = models.CharField("动作", max_length=80, db_index=True)
    kind = models.CharField("对象类型", max_length=40)
    ids = models.JSONField("对象编号", default=list)
    count = models.PositiveIntegerField("涉及条数", default=1)
    reason = models.CharField("理由", max_length=200, blank=True)
    detail = models.JSONField("细节（仅字段名、编号与可公开的前后值）", default=dict)
    address = models.CharField("来源地址", max_length=45, blank=True)
    place = models.CharField("所涉行政区划代码", max_length=12, blank=True, default="")
    previous = models.CharField("上一条摘要", max_length=64)
    digest = models.CharField("本条摘要（HMAC-SM3）", max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["sequence"]
        indexes = [
            models.Index(fields=["kind", "at"], name="audit_kind_at"),
            models.Index(fields=["place", "sequence"], name="audit_place"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry; an entry that is in the table is never written again."""
        if not self._state.adding:
            raise AppendOnly("Audit entries are never changed.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnly("Audit entries are never deleted.")

    def written(self) -> chain.Written:
        """What the chain digests."""
        return chain.Written(
            sequence=self.sequence,
            at=chain.moment(self.at),
            actor=self.actor,
            action=self.action,
            kind=self.kind,
            ids=chain.compact(self.ids),
            count=self.count,
            reason=self.reason,
            detail=chain.compact(self.detail),
            address=self.address,
            place=self.place,
            previous=self.previous,
            digest=self.digest,
        )
