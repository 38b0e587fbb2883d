"""Addresses of users, units, posts and locks."""

from django.urls import path

from anju.web.people import handover, locks, posts, tokens, units, user, users

urlpatterns = [
    path("people/users/", users.index, name="users"),
    path("people/new-user/", users.create, name="new-user"),
    path("people/users/<str:username>/", user.page, name="user"),
    path("people/users/<str:username>/change/", user.change, name="user-change"),
    path("people/users/<str:username>/password/", user.issue_password, name="user-password"),
    path("people/users/<str:username>/factors/", user.reset_factors, name="user-factors"),
    path("people/users/<str:username>/sessions/", user.end_sessions, name="user-sessions"),
    path("people/users/<str:username>/active/", user.set_active, name="user-active"),
    path("people/users/<str:username>/posts/", posts.give, name="user-posts"),
    path("people/posts/<int:post_id>/end/", posts.end, name="post-end"),
    path("people/posts/<int:post_id>/hand-over/", handover.page, name="hand-over"),
    path("people/units/", units.index, name="units"),
    path("people/new-unit/", units.create, name="new-unit"),
    path("people/units/<int:unit_id>/", units.page, name="unit"),
    path("people/tokens/", tokens.index, name="tokens"),
    path("people/new-token/", tokens.create, name="new-token"),
    path("people/tokens/<int:token_id>/", tokens.page, name="token"),
    path("people/tokens/<int:token_id>/revoke/", tokens.revoke, name="token-revoke"),
    path("people/locks/", locks.page, name="locks"),
    path("people/locks/open/", locks.unlock, name="unlock"),
]
