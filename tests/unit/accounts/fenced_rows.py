"""Rows in every fenced table, for a household of either of two towns."""

from tests.factories.assets import AssetFactory, AssetStateFactory, LeaseFactory, YieldFactory
from tests.factories.benefits import (
    ClaimFactory,
    ClaimMoveFactory,
    PayoutLineFactory,
    PublicationEntryFactory,
    RecoveryFactory,
    RollFactory,
    RollObjectionFactory,
)
from tests.factories.casework import (
    AuthorisationFactory,
    CaseFactory,
    CaseRiskFactory,
    ClinicCaseFactory,
    ClinicMoveFactory,
    ComparisonFactory,
    DraftFactory,
    FollowUpFactory,
    HomeCheckFactory,
    LeadFactory,
    LeadSourceFactory,
    MeasureFactory,
    MoveFactory,
    NoticeEntryFactory,
    NoticeFactory,
    ObjectionFactory,
    RemovalCheckFactory,
    ReviewFactory,
    SelfReportFactory,
)
from tests.factories.community import (
    FundEntryFactory,
    RequestFactory,
    RequestStepFactory,
    ServicePointFactory,
)
from tests.factories.county import COUNTY, County
from tests.factories.duties import ProgressDraftFactory
from tests.factories.employment import (
    EmploymentFactory,
    LabourProfileFactory,
    OfferFactory,
    PostHoldingFactory,
    PostPayFactory,
    TrainingFactory,
    WorkshopCountFactory,
    WorkshopFactory,
)
from tests.factories.exports import ExportRequestFactory, SavedViewFactory
from tests.factories.inspection import (
    InspectionFactory,
    ListCheckFactory,
    ListProblemFactory,
    ProblemFactory,
    ProblemTallyFactory,
)
from tests.factories.intake import BatchFactory, DecisionFactory, DifferenceFactory, RowFactory
from tests.factories.monitoring import (
    FindingFactory,
    HouseholdLevelFactory,
    LevelTallyFactory,
    RunFactory,
    TallyFactory,
)
from tests.factories.projects import (
    FundingFactory,
    PaymentFactory,
    ProjectFactory,
    ProjectProgressFactory,
    ProjectRecordFactory,
    ProjectStepFactory,
)
from tests.factories.registry import (
    ClinicReportFactory,
    EventFactory,
    HoldingFactory,
    IncomeFactory,
    StatusFactory,
)
from tests.factories.supervision import (
    FoundProblemFactory,
    LookBackFactory,
    NoticeUnitFactory,
    ProblemRoundFactory,
    ProblemUnitFactory,
    RectificationFactory,
    RectificationProofFactory,
    SampleAnswerFactory,
    SampleItemFactory,
    SupervisionNoticeFactory,
)

from anju.accounts.scope import range_of
from anju.registry.models import Household


def add_rows(county: County) -> None:
    """Everything that may hang on a household, a place or a run of either town."""
    run, inspection = RunFactory(), InspectionFactory()
    for home in (county.households[2], county.households[6]):
        for factory in (StatusFactory, EventFactory, HoldingFactory, IncomeFactory):
            factory(household=home)
        FindingFactory(run=run, household=home)
        HouseholdLevelFactory(run=run, household=home)
        town = home.village_code[:9] + "000"
        batch = BatchFactory(division_code=town)
        RowFactory(batch=batch, village_code=home.village_code)
        person = home.memberships.first().person
        EmploymentFactory(person=person)
        TrainingFactory(household=home, person=person)
        LabourProfileFactory(household=home, person=person)
        OfferFactory(household=home, person=person)
        WorkshopCountFactory(workshop=WorkshopFactory(division_code=home.village_code))
        held = PostHoldingFactory(
            household=home, person=person, post__division_code=home.village_code
        )
        PostPayFactory(household=home, person=person, post=held.post)
        DecisionFactory(person_id=person.pk, batch_id=0)
        ProblemFactory(run=inspection, household=home)
        checked = ListCheckFactory(ranges=[list(range_of(town))])
        ListProblemFactory(run=checked, village_code=home.village_code)
        ExportRequestFactory(ranges=[list(range_of(town))])
        DifferenceFactory(batch=batch, household_id=home.pk, village_code=home.village_code)
        SavedViewFactory()
        ProgressDraftFactory()
        _with_a_case(home)
        _with_a_problem(home)
        _with_a_project(home)
        _with_an_asset(home)
        _with_a_subsidy(home)
        _with_a_request(home)
        for place in (town[:9], home.village_code):
            TallyFactory(run=run, place=place)
            LevelTallyFactory(run=run, place=place)
            ProblemTallyFactory(run=inspection, place=place, digits=len(place))
    TallyFactory(run=run, place=COUNTY[:6])
    LevelTallyFactory(run=run, place=COUNTY[:6])


def _with_a_case(home: Household) -> None:
    """A lead, a case with all that may hang on it, a notice with an objection, a self-report."""
    LeadSourceFactory(lead=LeadFactory(household=home))
    case = CaseFactory(household=home)
    for factory in (
        AuthorisationFactory,
        CaseRiskFactory,
        ComparisonFactory,
        FollowUpFactory,
        HomeCheckFactory,
        MeasureFactory,
        MoveFactory,
        RemovalCheckFactory,
        ReviewFactory,
    ):
        factory(case=case)
    notice = NoticeFactory(village_code=home.village_code)
    NoticeEntryFactory(notice=notice, case=case)
    ObjectionFactory(notice=notice)
    SelfReportFactory(village_code=home.village_code)
    ClinicReportFactory(village_code=home.village_code)
    ClinicMoveFactory(case=ClinicCaseFactory(village_code=home.village_code))
    DraftFactory(case=case)


def _with_a_problem(home: Household) -> None:
    """An item of a sample with its answer, a problem with all that may hang on it."""
    SampleAnswerFactory(item=SampleItemFactory(household=home))
    problem = FoundProblemFactory(household=home)
    for factory in (ProblemUnitFactory, ProblemRoundFactory, LookBackFactory):
        factory(problem=problem)
    RectificationProofFactory(rectification=RectificationFactory(problem=problem))
    NoticeUnitFactory(notice=SupervisionNoticeFactory(problem=problem))


def _with_an_asset(home: Household) -> None:
    """An asset in the household's village and one of its own, with all that may hang on them."""
    public = AssetFactory(division_code=home.village_code)
    AssetFactory(division_code=home.village_code, kind="household", household=home)
    for factory in (AssetStateFactory, LeaseFactory, YieldFactory):
        factory(asset=public)


def _with_a_subsidy(home: Household) -> None:
    """A claim in a roll of the household's village with all that may hang on it."""
    claim = ClaimFactory(
        household=home, roll=RollFactory(village_code=home.village_code), state="paid"
    )
    ClaimMoveFactory(claim=claim)
    PublicationEntryFactory(claim=claim, publication__roll=claim.roll)
    RollObjectionFactory(roll=claim.roll)
    PayoutLineFactory(claim=claim)
    RecoveryFactory(claim=claim)


def _with_a_request(home: Household) -> None:
    """What a household told with its story, and a line of the fund of a site in its village."""
    RequestStepFactory(request=RequestFactory(village_code=home.village_code, household=home))
    FundEntryFactory(fund__site__village_code=home.village_code)
    ServicePointFactory(site=None, village_code=home.village_code)


def _with_a_project(home: Household) -> None:
    """A project in the household's village with all that may hang on it."""
    project = ProjectFactory(division_code=home.village_code)
    for factory in (
        ProjectRecordFactory,
        ProjectStepFactory,
        ProjectProgressFactory,
        FundingFactory,
        PaymentFactory,
    ):
        factory(project=project)
