"""Addresses of the console: one file an area."""

from django.urls import URLPattern, URLResolver, path

from anju.web import health
from anju.web.account import urls as account
from anju.web.assets import urls as assets
from anju.web.assignments import urls as assignments
from anju.web.audit import urls as audit
from anju.web.benefits import urls as benefits
from anju.web.casework import urls as casework
from anju.web.cockpit import urls as cockpit
from anju.web.community import urls as community
from anju.web.desk import urls as desk
from anju.web.entering import urls as entering
from anju.web.exports import urls as exports
from anju.web.indicators import urls as indicators
from anju.web.intake import urls as intake
from anju.web.labour import urls as labour
from anju.web.labour.posts import urls as posts
from anju.web.monitoring import urls as monitoring
from anju.web.open import urls as open_pages
from anju.web.papers import urls as papers
from anju.web.people import urls as people
from anju.web.places import urls as places
from anju.web.plans import urls as plans
from anju.web.policies import urls as policies
from anju.web.projects import urls as projects
from anju.web.quality import urls as quality
from anju.web.registers import urls as registers
from anju.web.reports import urls as reports
from anju.web.saved import urls as saved
from anju.web.supervision import urls as supervision
from anju.web.tasks import urls as tasks

app_name = "web"
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    *desk.urlpatterns,
    *cockpit.urlpatterns,
    *account.urlpatterns,
    *people.urlpatterns,
    *registers.urlpatterns,
    *projects.urlpatterns,
    *assets.urlpatterns,
    *labour.urlpatterns,
    *posts.urlpatterns,
    *places.urlpatterns,
    *monitoring.urlpatterns,
    *policies.urlpatterns,
    *casework.urlpatterns,
    *benefits.urlpatterns,
    *community.urlpatterns,
    *assignments.urlpatterns,
    *plans.urlpatterns,
    *tasks.urlpatterns,
    *reports.urlpatterns,
    *open_pages.urlpatterns,
    *quality.urlpatterns,
    *papers.urlpatterns,
    *indicators.urlpatterns,
    *intake.urlpatterns,
    *exports.urlpatterns,
    *saved.urlpatterns,
    *supervision.urlpatterns,
    *entering.urlpatterns,
    *audit.urlpatterns,
]
