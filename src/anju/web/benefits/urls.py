"""Addresses of subsidies."""

from django.urls import path

from anju.web.benefits import (
    acting,
    batch,
    batches,
    beginning,
    claim,
    claims,
    deciding,
    many,
    opening,
    publishing,
    recovering,
    roll,
    rolls,
    scheme,
    schemes,
)

urlpatterns = [
    path("benefits/", schemes.index, name="benefits"),
    path("benefits/new/", opening.choose, name="benefit-new"),
    path("benefits/new/<slug:benefit>/", opening.set_up, name="benefit-set-up"),
    path("benefits/<int:scheme_id>/", scheme.page, name="benefit"),
    path("benefits/<int:scheme_id>/edit/", opening.amend, name="benefit-edit"),
    path("benefits/<int:scheme_id>/close/", opening.close, name="benefit-close"),
    path(
        "benefits/<int:scheme_id>/villages/<str:village_code>/",
        beginning.page,
        name="benefit-begin",
    ),
    path(
        "benefits/<int:scheme_id>/villages/<str:village_code>/new/",
        beginning.add,
        name="benefit-claim-new",
    ),
    path("benefits/<int:scheme_id>/pay/", batch.draw_up, name="benefit-batch-new"),
    path("benefits/rolls/", rolls.index, name="benefit-rolls"),
    path("benefits/rolls/<int:roll_id>/", roll.page, name="benefit-roll"),
    path("benefits/rolls/<int:roll_id>/act/", acting.act, name="benefit-roll-act"),
    path("benefits/rolls/check/", many.decide, {"verb": "check"}, name="benefit-rolls-check"),
    path("benefits/rolls/approve/", many.decide, {"verb": "approve"}, name="benefit-rolls-approve"),
    path("benefits/objections/<int:objection_id>/", acting.settle, name="benefit-objection-settle"),
    path(
        "benefits/publications/<int:publication_id>.<str:kind>",
        publishing.download,
        name="benefit-publication",
    ),
    path("benefits/claims/", claims.index, name="benefit-claims"),
    path("benefits/claims/<slug:number>/", claim.page, name="benefit-claim"),
    path("benefits/claims/<slug:number>/edit/", deciding.change, name="benefit-claim-change"),
    path("benefits/claims/<slug:number>/recover/", recovering.record, name="benefit-claim-recover"),
    path("benefits/claims/<slug:number>/<slug:verb>/", deciding.act, name="benefit-claim-act"),
    path("benefits/batches/", batches.index, name="benefit-batches"),
    path("benefits/batches/<slug:number>/", batch.page, name="benefit-batch"),
    path("benefits/batches/<slug:number>/act/", batch.act, name="benefit-batch-act"),
    path("benefits/batches/<slug:number>/results/", batch.results, name="benefit-batch-results"),
]
