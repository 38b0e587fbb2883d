"""The report an address is about, behind its gate, and the version a page was shown with."""

from django.http import Http404, HttpRequest

from anju.accounts.viewer import Viewer
from anju.reporting.models import Report
from anju.reporting.queries import report_for


def report_or_404(request: HttpRequest, report_id: int) -> Report:
    """One report the viewer may see; Http404 for others."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    try:
        return report_for(viewer, report_id)
    except Report.DoesNotExist:
        raise Http404 from None


def version_of(request: HttpRequest) -> int:
    """The version that was sent along; -1, which no report has, for what is no number."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
