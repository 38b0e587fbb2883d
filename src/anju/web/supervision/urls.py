"""Addresses of supervision."""

from django.urls import path

from anju.web.supervision import (
    acceptance,
    concluding,
    files,
    finding,
    item,
    notice,
    notices,
    noticing,
    points,
    problem,
    problems,
    supervision,
    supervisions,
    villages,
)

urlpatterns = [
    path("supervisions/", supervisions.index, name="supervisions"),
    path("supervisions/new/", supervisions.new, name="supervision-new"),
    path("supervisions/<str:number>/", supervision.page, name="supervision"),
    path("supervisions/<str:number>/draw/", concluding.draw, name="supervision-draw"),
    path("supervisions/<str:number>/conclude/", concluding.conclude, name="supervision-conclude"),
    path("supervisions/<str:number>/items/<int:position>/", item.page, name="supervision-item"),
    path("problems/", problems.index, name="problems"),
    path("problems/new/", finding.new, name="problem-new"),
    path("problems/tasks/", finding.tasks, name="problem-tasks"),
    path("problems/rectifications/", problems.rectifications, name="rectifications"),
    path("problems/<str:number>/", problem.page, name="problem"),
    path("problems/<str:number>/rectify/", problem.rectify, name="problem-rectify"),
    path(
        "problems/<str:number>/check/<int:rectification_id>/", problem.check, name="problem-check"
    ),
    path("problems/<str:number>/look-back/", problem.look_back, name="problem-look-back"),
    path(
        "problems/<str:number>/proofs/<int:proof_id>/",
        files.of_rectification,
        name="problem-proof",
    ),
    path("supervision-notices/", notices.index, name="supervision-notices"),
    path("supervision-notices/new/", noticing.new, name="supervision-notice-new"),
    path("supervision-notices/<str:number>/", notice.page, name="supervision-notice"),
    path("supervision-notices/<str:number>/edit/", noticing.edit, name="supervision-notice-edit"),
    path(
        "supervision-notices/<str:number>/countersign/",
        notice.countersign,
        name="supervision-notice-countersign",
    ),
    path("supervision-notices/<str:number>/sign/", notice.sign, name="supervision-notice-sign"),
    path(
        "supervision-notices/<str:number>/replace/",
        notice.replace,
        name="supervision-notice-replace",
    ),
    path(
        "supervision-notices/<str:number>/discard/",
        notice.discard,
        name="supervision-notice-discard",
    ),
    path(
        "supervision-notices/<str:number>/<str:kind>/",
        notice.download,
        name="supervision-notice-file",
    ),
    path("points-off/", points.page, name="points-off"),
    path("acceptance/", acceptance.index, name="acceptances"),
    path("acceptance/<int:plan_id>/", acceptance.page, name="acceptance"),
    path("acceptance/<int:plan_id>/<slug:stage_id>/", acceptance.stage, name="acceptance-stage"),
    path(
        "acceptance/<int:plan_id>/proofs/<int:proof_id>/",
        files.of_acceptance,
        name="acceptance-proof",
    ),
    path("village-classes/", villages.index, name="village-classes"),
    path("village-classes/<int:plan_id>/<str:code>/", villages.village, name="village-class"),
]
