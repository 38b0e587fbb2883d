"""Addresses of papers."""

from django.urls import path

from anju.web.papers import making, templates

urlpatterns = [
    path("cases/<str:number>/papers/<slug:paper>.<slug:kind>", making.download, name="paper"),
    path("papers/", templates.index, name="papers"),
    path("papers/<slug:paper>/", templates.page, name="paper-template"),
    path("papers/<slug:paper>/restore/", templates.restore, name="paper-template-restore"),
    path(
        "papers/<slug:paper>/<int:version>/template.docx",
        templates.file,
        name="paper-template-file",
    ),
    path(
        "papers/<slug:paper>/<int:version>/sample.pdf",
        templates.sample,
        name="paper-template-sample",
    ),
]
