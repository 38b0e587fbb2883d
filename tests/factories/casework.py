"""Factories of leads, cases, what is written down on the way, and notices."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory
from tests.factories.accounts import UserFactory
from tests.factories.places import DivisionFactory
from tests.factories.registry import HouseholdFactory

from anju.casework import models
from anju.papers.templates import template


class HolidayFactory(DjangoModelFactory):
    """A day off of the county's own."""

    class Meta:
        model = models.Holiday

    day = factory.Sequence(lambda n: date.fromordinal(date(2023, 9, 1).toordinal() + n))
    is_workday = False
    name = "本地节日"
    set_by = "bureau"


class LeadFactory(DjangoModelFactory):
    """An open lead about income, raised in October 2023."""

    class Meta:
        model = models.Lead

    household = factory.SubFactory(HouseholdFactory)
    village_code = factory.SelfAttribute("household.village_code")
    risk = "income"
    level = "orange"
    first_on = date(2023, 10, 9)
    last_on = date(2023, 10, 9)
    due_on = date(2023, 10, 24)
    expires_on = date(2023, 12, 31)


class LeadSourceFactory(DjangoModelFactory):
    """The lead was found by a rule."""

    class Meta:
        model = models.LeadSource

    lead = factory.SubFactory(LeadFactory)
    channel = models.Channel.FINDING
    raised_on = date(2023, 10, 9)
    run_id = factory.Sequence(lambda n: n + 1)
    rule = "income_below_line"


class SelfReportFactory(DjangoModelFactory):
    """Somebody asked for help on the open page of a village."""

    class Meta:
        model = models.SelfReport

    village_code = "529901001001"
    reference = factory.Sequence(lambda n: f"SB{n:08d}")
    name = "张三"
    risk = "medical"
    told = "家里老人住院"
    received_at = datetime(2023, 10, 9, 1, tzinfo=UTC)


class CaseFactory(DjangoModelFactory):
    """A case at its first step, in the village's hands."""

    class Meta:
        model = models.Case

    number = factory.Sequence(lambda n: f"529901-2023-{n:06d}")
    household = factory.SubFactory(HouseholdFactory)
    village_code = factory.SelfAttribute("household.village_code")
    pack = "national"
    procedure = "inclusion"
    step = "home_check"
    holder = "village"
    step_since = date(2023, 10, 9)
    step_due_on = date(2023, 10, 12)
    due_on = date(2023, 10, 24)
    opened_on = date(2023, 10, 9)


class CaseRiskFactory(DjangoModelFactory):
    """What the case is about."""

    class Meta:
        model = models.CaseRisk

    case = factory.SubFactory(CaseFactory)
    risk = "income"
    found_on = date(2023, 10, 9)


class MoveFactory(DjangoModelFactory):
    """The case was opened."""

    class Meta:
        model = models.Move

    case = factory.SubFactory(CaseFactory)
    version = 1
    procedure = "inclusion"
    action = "open"
    to_step = "home_check"
    moved_on = date(2023, 10, 9)
    at = datetime(2023, 10, 9, 1, tzinfo=UTC)
    by = "village"


class AuthorisationFactory(DjangoModelFactory):
    """Signed before anything is compared."""

    class Meta:
        model = models.Authorisation

    case = factory.SubFactory(CaseFactory)
    signed_on = date(2023, 10, 9)
    signed_by = "张三"
    recorded_by = "village"


class HomeCheckFactory(DjangoModelFactory):
    """The four criteria, and a risk."""

    class Meta:
        model = models.HomeCheck

    case = factory.SubFactory(CaseFactory)
    procedure = "inclusion"
    checked_on = date(2023, 10, 10)
    checked_by = "village"
    met = "张三"
    income_per_capita = 500_000
    rigid_spending = 2_000_000
    guarantees = factory.LazyFunction(
        lambda: {"education": True, "medical": True, "housing": True, "water": True}
    )
    own_means = "无存款，亲友难以相助"
    has_risk = True


class ComparisonFactory(DjangoModelFactory):
    """Nothing found."""

    class Meta:
        model = models.Comparison

    case = factory.SubFactory(CaseFactory)
    compared_on = date(2023, 10, 11)
    compared_by = "bureau"


class ReviewFactory(DjangoModelFactory):
    """The village agreed."""

    class Meta:
        model = models.Review

    case = factory.SubFactory(CaseFactory)
    procedure = "inclusion"
    held_on = date(2023, 10, 12)
    entitled = 30
    present = 25
    in_favour = 24
    against = 1
    minutes = "一致同意推荐"
    recorded_by = "village"


class RemovalCheckFactory(DjangoModelFactory):
    """The indicators asked again half a year later."""

    class Meta:
        model = models.RemovalCheck

    case = factory.SubFactory(CaseFactory)
    checked_on = date(2024, 5, 10)
    checked_by = "village"


class MeasureFactory(DjangoModelFactory):
    """A post at the village."""

    class Meta:
        model = models.Measure

    case = factory.SubFactory(CaseFactory)
    kind = "public_post"
    risk = "employment"
    content = "保洁员公益性岗位"
    provider = "县人社局"
    starts_on = date(2023, 11, 1)
    promised = "每月增收 800 元"
    recorded_by = "village"


class FollowUpFactory(DjangoModelFactory):
    """A visit that is due."""

    class Meta:
        model = models.FollowUp

    case = factory.SubFactory(CaseFactory)
    village_code = factory.SelfAttribute("case.village_code")
    due_on = factory.Sequence(lambda n: date.fromordinal(date(2023, 12, 1).toordinal() + n))


class NoticeFactory(DjangoModelFactory):
    """Five days in the village."""

    class Meta:
        model = models.Notice

    village_code = "529901001001"
    kind = models.Notice.Kind.INCLUSION
    posted_on = date(2023, 10, 13)
    ends_on = date(2023, 10, 17)
    contact = "村民委员会 0000-0000000"
    posted_by = "village"


class NoticeEntryFactory(DjangoModelFactory):
    """One household on it."""

    class Meta:
        model = models.NoticeEntry

    notice = factory.SubFactory(NoticeFactory)
    case = factory.SubFactory(CaseFactory)
    masked_name = "张*"
    members = 4
    proposed = "边缘易致贫户"


class ObjectionFactory(DjangoModelFactory):
    """Somebody disagrees."""

    class Meta:
        model = models.Objection

    notice = factory.SubFactory(NoticeFactory)
    reference = factory.Sequence(lambda n: f"YY{n:08d}")
    received_at = datetime(2023, 10, 14, 1, tzinfo=UTC)
    told = "这户在城里有房"


class OpenPageFactory(DjangoModelFactory):
    """The open page of a village."""

    class Meta:
        model = models.OpenPage

    village = factory.SubFactory(DivisionFactory)
    token = factory.Sequence(lambda n: f"open{n:06d}")
    contact = "村民委员会 0000-0000000"
    opened_on = date(2023, 9, 1)
    opened_by = "village"


class DeputyFactory(DjangoModelFactory):
    """Somebody is away for a week, and somebody else acts."""

    class Meta:
        model = models.Deputy

    user = factory.SubFactory(UserFactory)
    deputy = factory.SubFactory(UserFactory)
    starts_on = date(2023, 10, 9)
    ends_on = date(2023, 10, 15)
    made_by = "village"


class CaseNumberFactory(DjangoModelFactory):
    """Numbers given so far in a county and year."""

    class Meta:
        model = models.CaseNumber

    prefix = factory.Sequence(lambda n: f"529901-{2023 + n}")


class PaperTemplateFactory(DjangoModelFactory):
    """The county's own authorisation, as the product has it."""

    class Meta:
        model = models.PaperTemplate

    paper = "authorisation"
    version = factory.Sequence(lambda n: n + 1)
    content = factory.LazyFunction(lambda: template("authorisation"))
    file_name = "授权书.docx"
    note = "按县里统一样式"
    put_by = "bureau"
    put_at = datetime(2023, 10, 9, 1, tzinfo=UTC)


class DraftFactory(DjangoModelFactory):
    """Somebody of the village was at the home and wrote down a part of it."""

    class Meta:
        model = models.Draft

    case = factory.SubFactory(CaseFactory)
    form = "check"
    written_by = "village"
    texts = factory.LazyFunction(lambda: {"met": "户主"})
    saved_at = datetime(2023, 10, 9, 1, tzinfo=UTC)


class ClinicCaseFactory(DjangoModelFactory):
    """A blank spot of October 2023, told today and held by the town."""

    class Meta:
        model = models.ClinicCase

    number = factory.Sequence(lambda n: f"529901-2023-9{n:05d}")
    village_code = factory.LazyFunction(lambda: DivisionFactory().code)
    pack = "national"
    procedure = "clinic"
    step = "arrange"
    holder = "town"
    step_since = opened_on = date(2023, 10, 8)
    step_due_on = date(2023, 10, 11)
    due_on = date(2023, 11, 7)
    version = 1


class ClinicMoveFactory(DjangoModelFactory):
    """The case was opened."""

    class Meta:
        model = models.ClinicMove

    case = factory.SubFactory(ClinicCaseFactory)
    version = 1
    procedure = "clinic"
    action = "open"
    to_step = "arrange"
    moved_on = date(2023, 10, 8)
    at = datetime(2023, 10, 8, 1, tzinfo=UTC)
    by = "system"
