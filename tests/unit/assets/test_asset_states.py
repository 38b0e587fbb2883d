"""States of an asset put right and villages that are merged: what was stays on record."""

from datetime import UTC, date, datetime

import pytest
from tests.factories.assets import AssetFactory, AssetStateFactory
from tests.factories.county import NORTH_1, NORTH_2, County

from anju.assets.actions import following, states
from anju.assets.actions.refusing import WrongField
from anju.assets.models import Asset, AssetState
from anju.assets.queries.facts import use_on
from anju.assets.refusals import AssetRefused
from anju.audit.actor import SYSTEM
from anju.audit.models import Entry
from anju.places.changes import Change
from anju.places.models import Recoding

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY, OCTOBER = (date(2023, month, 1) for month in (5, 6, 7, 10))


def idle_since(day: date) -> Asset:
    """In use since it was built, idle since a day: so known since that day."""
    asset = AssetStateFactory(asset=AssetFactory(use="in_use")).asset
    states.change(by=SYSTEM, on=day, asset=asset, use="idle", since=day, source="测试")
    return asset


def test_a_wrong_day_is_put_right_and_the_state_before_ends_there(county: County) -> None:
    asset = idle_since(JUNE)

    states.correct(by=SYSTEM, on=JULY, asset=asset, use="idle", since=MAY, source="更正")

    known = AssetState.objects.filter(asset=asset, known_to__isnull=True).order_by("valid_from")
    assert [(row.use, row.valid_from, row.valid_to) for row in known] == [
        ("in_use", asset.built_on, MAY), ("idle", MAY, None),
    ]  # fmt: skip
    asked = {known_on: use_on(asset, on=date(2023, 5, 15), known_on=known_on) for known_on in (
        JUNE, JULY
    )}  # fmt: skip
    assert {day: row and row.use for day, row in asked.items()} == {JUNE: "in_use", JULY: "idle"}
    with pytest.raises(AssetRefused, match="前一个状况"):
        states.correct(
            by=SYSTEM, on=JULY, asset=asset, use="idle", since=asset.built_on, source="更正"
        )


def test_what_a_state_cannot_be_is_refused_in_its_field(county: County) -> None:
    asset = idle_since(JUNE)

    for wrong, field in (
        ({"use": "damaged", "since": OCTOBER}, "since"),
        ({"use": "disposed", "since": JULY}, "paper"),
        ({"use": "in_use", "since": JULY, "paper": "县函1号"}, "paper"),
    ):
        with pytest.raises(WrongField) as refused:
            states.change(by=SYSTEM, on=JULY, asset=asset, source="测试", **wrong)
        assert refused.value.field == field
    assert Asset.objects.get(pk=asset.pk).use == "idle"


def test_assets_go_along_when_their_village_is_merged(county: County) -> None:
    home = county.households_in(NORTH_2)[0]
    mine, other = AssetFactory(division_code=NORTH_2), AssetFactory(division_code=NORTH_1)
    theirs = AssetFactory(kind="household", household=home, division_code=NORTH_2)
    recoding = Recoding.objects.create(
        effective_on=JULY,
        basis="县函〔2023〕7号",
        changes=[Change("village", NORTH_2, NORTH_1, "北枫一村").stored()],
        created_by="steward",
        created_at=datetime(2023, 7, 1, tzinfo=UTC),
    )
    home.village_code = NORTH_1
    home.save()

    moved = following.follow(by=SYSTEM, recoding_id=recoding.pk)
    again = following.follow(by=SYSTEM, recoding_id=recoding.pk)

    assert (moved, again) == (2, 0)
    places = Asset.objects.filter(pk__in=(mine.pk, other.pk, theirs.pk))
    assert set(places.values_list("division_code", flat=True)) == {NORTH_1}
    assert Entry.objects.filter(action="asset.recode").count() == 1
