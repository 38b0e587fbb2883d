"""Looking at the queue."""

from django.db.models import QuerySet

from anju.queue.models import Job, JobState


def jobs() -> QuerySet[Job]:
    """All jobs, the newest first."""
    return Job.objects.order_by("-id")


def job(job_id: int) -> Job | None:
    """One job, or None where it is not known."""
    return Job.objects.filter(pk=job_id).first()


def open_jobs() -> QuerySet[Job]:
    """Jobs waiting or running, the oldest first."""
    return Job.objects.filter(state__in=[JobState.WAITING, JobState.RUNNING])


def has_been(key: str) -> bool:
    """Whether a job with this key was ever in the queue."""
    return Job.objects.filter(key=key).exists()
