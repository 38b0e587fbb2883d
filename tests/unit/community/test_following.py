"""Requests and services follow a merger of villages, once."""

from tests.factories.community import RequestFactory, ServicePointFactory
from tests.factories.county import NORTH_1, NORTH_2, SOUTH_1, County
from tests.factories.places import RecodingFactory

from anju.audit.actor import SYSTEM
from anju.audit.models import Entry
from anju.community.actions import following
from anju.community.models import Request, ServicePoint
from anju.places.changes import Change


def test_what_is_of_a_village_goes_with_it_and_what_is_of_a_site_or_household_with_that(
    county: County,
) -> None:
    plain = RequestFactory(village_code=NORTH_2)
    at_site = RequestFactory(village_code=NORTH_2, site=county.site)
    away = county.households_in(SOUTH_1)[0]
    own = RequestFactory(village_code=NORTH_2, household=away, is_own=True)
    service = ServicePointFactory(site=None, village_code=NORTH_2)
    merger = RecodingFactory(changes=[Change("village", NORTH_2, SOUTH_1, "南枫一村").stored()])

    assert following.follow(by=SYSTEM, recoding_id=merger.pk) == 4
    assert following.follow(by=SYSTEM, recoding_id=merger.pk) == 0
    places = dict(Request.objects.values_list("pk", "village_code"))
    assert places == {plain.pk: SOUTH_1, at_site.pk: NORTH_1, own.pk: SOUTH_1}
    assert ServicePoint.objects.get(pk=service.pk).village_code == SOUTH_1
    assert Entry.objects.filter(action__endswith=".recode").count() == 2
