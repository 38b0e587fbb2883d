"""Factories of units, users and posts."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from anju.accounts.models import (
    AttemptOutcome,
    LoginAttempt,
    OldPassword,
    Post,
    Token,
    Unit,
    UnitKind,
    User,
)

PASSWORD = "plum-lantern-river"


class UnitFactory(DjangoModelFactory):
    """A bureau of the county."""

    class Meta:
        model = Unit

    name = factory.Sequence(lambda n: f"枫溪县第{n + 1}局")
    kind = UnitKind.BUREAU
    division_code = "529901000000"


class UserFactory(DjangoModelFactory):
    """A user whose password is `PASSWORD`, without a post."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n + 1}")
    name = factory.Sequence(lambda n: f"工作人员{n + 1}")
    created_on = date(2023, 1, 1)
    password_set_on = factory.LazyFunction(date.today)
    password = factory.django.Password(PASSWORD)


class PostFactory(DjangoModelFactory):
    """A post at the county's lead bureau since the beginning of 2023."""

    class Meta:
        model = Post

    user = factory.SubFactory(UserFactory)
    role = "lead_bureau"
    division_code = "529901000000"
    valid_from = date(2023, 1, 1)


class OldPasswordFactory(DjangoModelFactory):
    """A password somebody had before."""

    class Meta:
        model = OldPassword

    user = factory.SubFactory(UserFactory)
    password = factory.django.Password("older-lantern-river")
    set_on = date(2023, 1, 1)


class LoginAttemptFactory(DjangoModelFactory):
    """A mistyped password."""

    class Meta:
        model = LoginAttempt

    at = datetime(2023, 10, 8, 1, 0, tzinfo=UTC)
    user = factory.SubFactory(UserFactory)
    address = "10.0.0.1"
    outcome = AttemptOutcome.WRONG_PASSWORD


class TokenFactory(DjangoModelFactory):
    """A token of another system for the whole county, until the end of the year."""

    class Meta:
        model = Token

    system = factory.Sequence(lambda n: f"对接系统{n + 1}")
    digest = factory.Sequence(lambda n: f"{n:064x}")
    permissions = factory.LazyFunction(lambda: ["view_households"])
    division_code = "529901000000"
    issued_by = "security"
    issued_at = datetime(2023, 10, 8, 1, 0, tzinfo=UTC)
    expires_on = date(2023, 12, 31)
