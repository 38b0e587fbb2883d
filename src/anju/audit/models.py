"""The audit trail: one table for changes, reads of personal data, exports and sign-ins.

Rows carry labels and ids as text and no foreign keys, so that the log outlives what it describes.
"""

from django.db import models


class Entry(models.Model):
    """One thing somebody did, chained to the entry before it by a keyed SM3 digest."""

    sequence = models.BigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=150, db_index=True)
    action = models.CharField(max_length=80, db_index=True)
    kind = models.CharField(max_length=40)
    ids = models.JSONField(default=list)
    count = models.PositiveIntegerField(default=1)
    reason = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)
    address = models.CharField(max_length=45, blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        indexes = [models.Index(fields=["kind", "at"], name="audit_kind_at")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"
