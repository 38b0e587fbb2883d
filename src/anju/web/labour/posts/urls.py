"""Addresses of public-welfare posts."""

from django.urls import path

from anju.web.labour.posts import (
    changing,
    hiring,
    holders,
    holding,
    ledger,
    listing,
    page,
    pay,
    paying,
)

urlpatterns = [
    path("welfare-posts/", listing.index, name="welfare-posts"),
    path("welfare-posts/new/", changing.add, name="welfare-post-new"),
    path("welfare-posts/<int:post_id>/", page.page, name="welfare-post"),
    path("welfare-posts/<int:post_id>/edit/", changing.edit, name="welfare-post-edit"),
    path("welfare-posts/<int:post_id>/terms/", changing.terms, name="welfare-post-terms"),
    path("welfare-posts/<int:post_id>/end/", changing.end, name="welfare-post-end"),
    path("welfare-posts/<int:post_id>/hire/", hiring.hire, name="welfare-post-hire"),
    path("post-holders/", holders.index, name="post-holders"),
    path("post-holders/<int:holding_id>/", holding.page, name="post-holding"),
    path("post-holders/<int:holding_id>/edit/", holding.edit, name="post-holding-edit"),
    path("post-holders/<int:holding_id>/renew/", holding.renew, name="post-holding-renew"),
    path("post-holders/<int:holding_id>/leave/", holding.leave, name="post-holding-leave"),
    path("post-holders/<int:holding_id>/withdraw/", holding.withdraw, name="post-holding-withdraw"),
    path("post-pay/", pay.index, name="post-pays"),
    path("post-pay/record/", paying.record_month, name="post-pay-record"),
    path("post-pay/<int:pay_id>/", pay.one, name="post-pay"),
    path("post-pay/<int:pay_id>/withdraw/", pay.withdraw, name="post-pay-withdraw"),
    path("post-ledger/", ledger.index, name="post-ledger"),
    path("post-ledger/<int:row_id>/", ledger.page, name="post-ledger-row"),
    path("post-ledger/<int:row_id>/link/", ledger.link, name="post-ledger-link"),
    path("post-ledger/<int:row_id>/join/", ledger.join, name="post-ledger-join"),
]
