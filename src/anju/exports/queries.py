"""Reading export requests: one's own, and those one may decide about."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.audit.keys import provider
from anju.exports.models import ExportRequest, ExportState, SavedView

ADDRESS = "exports.address"
Ranges = Iterable[Sequence[str]]
_PEOPLE = ("asker", "approver")


def mine(viewer: Viewer) -> QuerySet[ExportRequest]:
    """What the viewer asked for, the newest first."""
    return ExportRequest.objects.filter(asker_id=viewer.user_id).select_related(*_PEOPLE)


def views_of(viewer: Viewer) -> QuerySet[SavedView]:
    """The viewer's own names for filtered lists."""
    return SavedView.objects.filter(owner_id=viewer.user_id)


def to_decide(viewer: Viewer) -> list[ExportRequest]:
    """What waits for a second person and may be decided by the viewer, the oldest first."""
    if not viewer.may(Permission.APPROVE_EXPORTS):
        return []
    waiting = ExportRequest.objects.filter(state=ExportState.WAITING).select_related(*_PEOPLE)
    others = waiting.exclude(asker_id=viewer.user_id).order_by("id")
    return [request for request in others if may_decide(viewer, request)]


def request_for(viewer: Viewer, request_id: int) -> ExportRequest:
    """One request that is the viewer's own or theirs to decide; `DoesNotExist` otherwise."""
    request = ExportRequest.objects.select_related(*_PEOPLE).get(pk=request_id)
    if request.asker_id != viewer.user_id and not may_decide(viewer, request):
        raise ExportRequest.DoesNotExist
    return request


def to_produce(request_id: int) -> ExportRequest | None:
    """A request whose file is to be written by the worker; None when it was taken back."""
    approved = ExportRequest.objects.filter(pk=request_id, state=ExportState.PRODUCING)
    return approved.select_related(*_PEOPLE).first()


def may_decide(viewer: Viewer, request: ExportRequest) -> bool:
    """A second person, answerable for every place that the export reaches."""
    if request.asker_id == viewer.user_id:
        return False
    scope = viewer.scope_for(Permission.APPROVE_EXPORTS)
    return bool(request.ranges) and are_within(request.ranges, scope.ranges)


def is_still_theirs(viewer: Viewer, request: ExportRequest) -> bool:
    """Whether the asker may today export from every place that the file reaches."""
    permission = Permission(request.terms.get("permission", Permission.EXPORT_LISTS))
    return are_within(request.ranges, viewer.scope_for(permission).ranges)


def are_within(ranges: Ranges, others: Ranges) -> bool:
    """Whether each of some ranges lies inside one of the others (merged, as scopes hold them)."""
    return all(any(low <= start and end <= high for low, high in others) for start, end in ranges)


def reach_of(scope: Scope) -> list[list[str]]:
    """The ranges a scope reaches, as a request keeps them."""
    return [[low, high] for low, high in scope.ranges]


def address_of(request: ExportRequest) -> str:
    """The address of the list as it was asked for, with its filters."""
    return provider().open(request.address_sealed, ADDRESS, request.pk)
