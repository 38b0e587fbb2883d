"""What the walker must know of each address: one line each.

An address without parameters needs no line. For one with parameters, say for each of them which
samples of a town (tests/walker/towns.py) are its values:

    "web:household": Page(code="household"),

An address that shows no place's data needs a line that says why: `Elsewhere("…")`. It is opened all
the same, and must show nothing of the other town.
"""

from dataclasses import dataclass


class Page:
    """An address of objects that belong to a town: the parameters and their samples."""

    def __init__(self, **samples: str) -> None:
        self.samples = samples


@dataclass(frozen=True)
class Elsewhere:
    """An address the walker does not open, because its answers belong to no place."""

    why: str


#: Samples that both towns have: runs and inspections of the whole county, kinds of lists; each sees its
#: own part.
SHARED = frozenset(
    {"benefit_scheme", "feed", "inspection", "plan_of_both", "plan_with_stages", "run"}
)

#: Users belong to the county, not to a town; only the security administrator opens their pages.
PEOPLE = "users and units are the security administrator's: tests/web/test_people.py"

#: What hangs there is meant for everybody, whichever town they are of.
BOARD = "the board of a village: tests/web/test_open_pages.py"

TEMPLATES = "templates of papers are the whole county's: tests/web/test_papers.py"

#: Of the whole county; who sees a part of it sees none.
BATCHES = "sums of the whole county: tests/web/test_benefits.py"

PLANS = "plans are public documents of the whole county: tests/web/test_plans.py"

#: Their numbers are of the whole county and name nobody; words and proofs are asked of the unit.
INDICATORS = "figures of the whole county: tests/web/test_indicators.py"

#: Whoever sees only a part of the county is told no figure of the whole.
STAGES = "stages of a plan of the whole county: tests/web/test_supervision.py"

#: Whoever may see households may see them all; to whom one was offered only where these live.
VACANCIES = "vacancies are public notices of employers: tests/web/test_vacancies.py"

ADDRESSES: dict[str, Page | Elsewhere] = {
    "web:household": Page(code="household"),
    "web:household-tab": Page(code="household", tab="tab"),
    "web:edit": Page(code="household", what="form"),
    "web:edit-fact": Page(code="household", what="member", key="person"),
    "web:withdraw-fact": Page(code="household", what="status", key="status_row"),
    "web:reveal": Page(code="household", person_code="person"),
    "web:site": Page(code="site"),
    "web:welfare-post": Page(post_id="welfare_post"),
    "web:welfare-post-edit": Page(post_id="welfare_post"),
    "web:welfare-post-terms": Page(post_id="welfare_post"),
    "web:welfare-post-end": Page(post_id="welfare_post"),
    "web:welfare-post-hire": Page(post_id="welfare_post"),
    "web:post-holding": Page(holding_id="post_holding"),
    "web:post-holding-edit": Page(holding_id="post_holding"),
    "web:post-holding-renew": Page(holding_id="post_holding"),
    "web:post-holding-leave": Page(holding_id="post_holding"),
    "web:post-holding-withdraw": Page(holding_id="post_holding"),
    "web:post-pay": Page(pay_id="post_pay"),
    "web:post-pay-withdraw": Page(pay_id="post_pay"),
    "web:post-ledger-row": Page(row_id="post_ledger"),
    "web:post-ledger-link": Page(row_id="post_ledger"),
    "web:post-ledger-join": Page(row_id="post_ledger"),
    "web:workshop": Page(workshop_id="workshop"),
    "web:workshop-edit": Page(workshop_id="workshop"),
    "web:workshop-count-new": Page(workshop_id="workshop"),
    "web:workshop-count": Page(workshop_id="workshop", key="workshop_count"),
    "web:workshop-withdraw": Page(workshop_id="workshop", key="workshop_count"),
    "web:vacancy": Elsewhere(VACANCIES),
    "web:vacancy-edit": Elsewhere(VACANCIES),
    "web:offer-new": Elsewhere(VACANCIES),
    "web:offer": Page(offer_id="offer"),
    "web:offer-withdraw": Page(offer_id="offer"),
    "web:asset": Page(asset_id="asset"),
    "web:asset-edit": Page(asset_id="asset"),
    "web:asset-state": Page(asset_id="asset"),
    "web:asset-turn": Page(asset_id="asset", what="asset_aspect"),
    "web:asset-restore": Page(asset_id="asset_disposed"),
    "web:asset-lease-new": Page(asset_id="asset"),
    "web:asset-lease": Page(asset_id="asset", key="asset_lease"),
    "web:asset-yield-new": Page(asset_id="asset"),
    "web:asset-yield": Page(asset_id="asset", key="asset_year"),
    "web:asset-withdraw": Page(asset_id="asset", what="asset_fact", key="asset_lease"),
    "web:project": Page(project_id="project"),
    "web:project-edit": Page(project_id="project"),
    "web:project-pay": Page(project_id="project"),
    "web:project-payment": Page(project_id="project", payment_id="payment"),
    "web:project-payment-withdraw": Page(project_id="project", payment_id="payment"),
    "web:request": Page(number="request"),
    "web:request-lead": Page(number="request"),
    "web:request-move": Page(number="request", what="request_move"),
    "web:service-edit": Page(service_id="service"),
    "web:service-withdraw": Page(service_id="service"),
    "web:fund": Page(code="site"),
    "web:fund-open": Page(code="site"),
    "web:fund-write": Page(code="site"),
    "web:fund-pay": Page(code="site"),
    "web:fund-withdraw": Page(code="site", entry_id="fund_entry"),
    "web:benefit": Page(scheme_id="benefit_scheme"),
    "web:benefit-edit": Page(scheme_id="benefit_scheme"),
    "web:benefit-close": Page(scheme_id="benefit_scheme"),
    "web:benefit-set-up": Elsewhere(
        "what the pack pays is nobody's place: tests/web/test_benefits.py"
    ),
    "web:benefit-begin": Page(scheme_id="benefit_scheme", village_code="village"),
    "web:benefit-claim-new": Page(scheme_id="benefit_scheme", village_code="village"),
    "web:benefit-batch-new": Page(scheme_id="benefit_scheme"),
    "web:benefit-roll": Page(roll_id="roll"),
    "web:benefit-roll-act": Page(roll_id="roll"),
    "web:benefit-objection-settle": Page(objection_id="benefit_objection"),
    "web:benefit-publication": Page(publication_id="publication", kind="paper_kind"),
    "web:benefit-claim": Page(number="claim"),
    "web:benefit-claim-change": Page(number="claim"),
    "web:benefit-claim-recover": Page(number="claim"),
    "web:benefit-claim-act": Page(number="claim", verb="claim_verb"),
    "web:benefit-batch": Elsewhere(BATCHES),
    "web:benefit-batch-act": Elsewhere(BATCHES),
    "web:benefit-batch-results": Elsewhere(BATCHES),
    "web:policy": Elsewhere("policy packs belong to no place: tests/web/test_policies.py"),
    "web:run": Page(run_id="run"),
    "web:run-cancel": Page(run_id="run"),
    "web:run-cases": Page(run_id="run"),
    "web:forget-view": Page(view_id="view"),
    "web:import": Page(batch_id="batch"),
    "web:import-columns": Page(batch_id="batch"),
    "web:import-decisions": Page(batch_id="batch"),
    "web:import-decisions-write": Page(batch_id="batch"),
    "web:import-joining": Page(batch_id="batch", row_id="waiting_row"),
    "web:import-progress": Page(batch_id="batch"),
    "web:import-confirm": Page(batch_id="batch"),
    "web:import-cancel": Page(batch_id="batch"),
    "web:import-report": Page(batch_id="batch"),
    "web:outgoing-file": Page(feed="feed"),
    "web:outgoing-check": Page(feed="feed"),
    "web:list-check": Page(check_id="list_check"),
    "web:list-check-rows": Page(check_id="list_check"),
    "web:list-check-cancel": Page(check_id="list_check"),
    "web:import-differences": Page(batch_id="batch"),
    "web:contradiction": Page(difference_id="difference"),
    "web:quality-cancel": Page(inspection_id="inspection"),
    "web:export": Page(request_id="export"),
    "web:export-decide": Page(request_id="export"),
    "web:export-cancel": Page(request_id="export"),
    "web:export-file": Page(request_id="export"),
    "web:self-report": Page(report_id="report"),
    "web:self-report-take-up": Page(report_id="report"),
    "web:self-report-refuse": Page(report_id="report"),
    "web:self-report-phone": Page(report_id="report"),
    "web:notice": Page(notice_id="notice"),
    "web:notice-take-down": Page(notice_id="notice"),
    "web:objection-new": Page(notice_id="notice"),
    "web:objection": Page(objection_id="objection"),
    "web:objection-phone": Page(objection_id="objection"),
    "web:open-page": Page(village_code="village"),
    "web:clinic": Page(village_code="village"),
    "web:clinic-move": Page(village_code="village"),
    "web:open-sheet": Page(village_code="village"),
    "web:open": Elsewhere(BOARD),
    "web:open-report": Elsewhere(BOARD),
    "web:open-objection": Elsewhere(BOARD),
    "web:open-received": Elsewhere(BOARD),
    "web:open-status": Elsewhere(BOARD),
    "web:audit-entry": Elsewhere("the county's trail is the auditor's: tests/web/test_audit.py"),
    "account_logout": Elsewhere("ends the walk"),
    "mfa_login_webauthn": Elsewhere("signs in, as whoever holds a passkey"),
    "openid_connect_login": Elsewhere("leads to the office's sign-on"),
    "openid_connect_callback": Elsewhere("comes back from the office's sign-on"),
    "web:remove-factor": Elsewhere("one's own second factor: tests/web/test_signing_in.py"),
    "web:user": Elsewhere(PEOPLE),
    "web:user-change": Elsewhere(PEOPLE),
    "web:user-password": Elsewhere(PEOPLE),
    "web:user-factors": Elsewhere(PEOPLE),
    "web:user-sessions": Elsewhere(PEOPLE),
    "web:user-active": Elsewhere(PEOPLE),
    "web:user-posts": Elsewhere(PEOPLE),
    "web:post-end": Elsewhere(PEOPLE),
    "web:hand-over": Elsewhere(PEOPLE),
    "web:unit": Elsewhere(PEOPLE),
    "web:token": Elsewhere(PEOPLE),
    "web:token-revoke": Elsewhere(PEOPLE),
    "api:read_household": Elsewhere("opened by a token only: test_by_token.py"),
    "api:read_task": Elsewhere("opened by a token only: test_by_token.py"),
    "api:read_indicator": Elsewhere("opened by a token only: test_by_token.py"),
    "web:recoding": Elsewhere("mergers are the whole county's: tests/web/test_recodings.py"),
    "web:recoding-confirm": Elsewhere("mergers are the whole county's"),
    "web:recoding-cancel": Elsewhere("mergers are the whole county's"),
    "web:paper": Page(number="case", paper="paper", kind="paper_kind"),
    "web:paper-template": Elsewhere(TEMPLATES),
    "web:paper-template-restore": Elsewhere(TEMPLATES),
    "web:paper-template-file": Elsewhere(TEMPLATES),
    "web:paper-template-sample": Elsewhere(TEMPLATES),
    "web:lead": Page(lead_id="lead"),
    "web:lead-open": Page(lead_id="lead"),
    "web:lead-no-risk": Page(lead_id="lead"),
    "web:lead-merge": Page(lead_id="lead"),
    "web:lead-report": Page(code="household"),
    "web:case": Page(number="case"),
    "web:case-move": Page(number="case"),
    "web:case-record": Page(number="case", what="record"),
    "web:case-draft": Page(number="case", what="record"),
    "web:case-draft-discard": Page(number="case", what="record"),
    "web:site-assignments": Page(code="site"),
    "web:place-assignments": Page(code="village"),
    "web:assignment": Page(assignment_id="assignment"),
    "web:assignment-change": Page(assignment_id="assignment"),
    "web:assignment-end": Page(assignment_id="assignment"),
    "web:assignment-tell": Page(assignment_id="assignment", owed_id="owed"),
    **{
        f"web:{name}": Elsewhere(PLANS)
        for name in (
            "plan",
            "plan-about",
            "plan-new-version",
            "plan-confirm",
            "plan-confirm-many",
            "plan-add",
            "plan-adopt",
            "plan-discard",
            "plan-file",
            "plan-compare",
            "plan-measure",
            "plan-measure-act",
        )
    },
    **{
        f"web:task{name}": Page(number="task")
        for name in ("", "-dates", "-units", "-end", "-delegate")
    },
    "web:task-report": Page(number="task", due_id="task_due"),
    "web:task-draft": Page(number="task", due_id="task_due"),
    "web:task-draft-discard": Page(number="task", due_id="task_due"),
    "web:task-proof": Page(proof_id="task_proof"),
    "web:progress-check": Page(progress_id="progress"),
    "web:progress-withdraw": Page(progress_id="progress"),
    "web:responsibilities": Page(plan_id="plan_of_both"),
    "web:report": Page(report_id="official_report"),
    "web:report-edit": Page(report_id="official_report"),
    "web:report-keep": Page(report_id="official_report"),
    "web:report-submit": Page(report_id="official_report"),
    "web:report-send-back": Page(report_id="official_report"),
    "web:report-issue": Page(report_id="official_report"),
    "web:report-countersign": Page(report_id="official_report"),
    "web:report-discard": Page(report_id="official_report"),
    "web:report-replace": Page(report_id="official_report"),
    "web:report-file": Page(report_id="official_report", kind="paper_kind"),
    "web:report-issuer": Page(unit_id="unit_with_reports"),
    **{
        f"web:indicator{name}": Elsewhere(INDICATORS)
        for name in ("", "-report", "-compute", "-change", "-target", "-end", "-check", "-proof")
    },
    "web:regional-income-remove": Elsewhere(INDICATORS),
    "web:supervision": Page(number="supervision"),
    "web:supervision-draw": Page(number="supervision"),
    "web:supervision-conclude": Page(number="supervision"),
    "web:supervision-item": Page(number="supervision", position="item"),
    "web:supervision-notice": Page(number="supervision_notice"),
    "web:supervision-notice-sign": Page(number="supervision_notice"),
    "web:supervision-notice-edit": Page(number="supervision_notice"),
    "web:supervision-notice-countersign": Page(number="supervision_notice"),
    "web:supervision-notice-replace": Page(number="supervision_notice"),
    "web:supervision-notice-discard": Page(number="supervision_notice"),
    "web:supervision-notice-file": Page(number="supervision_notice", kind="paper_kind"),
    "web:problem": Page(number="problem"),
    "web:problem-rectify": Page(number="problem"),
    "web:problem-check": Page(number="problem", rectification_id="told"),
    "web:problem-look-back": Page(number="problem"),
    "web:problem-proof": Page(number="problem", proof_id="proof"),
    "web:village-class": Page(plan_id="plan_with_stages", code="village"),
    **{f"web:acceptance{name}": Elsewhere(STAGES) for name in ("", "-stage", "-proof")},
    "web:deputy-end": Elsewhere("one's own deputies: tests/web/test_deputies.py"),
    "web:healthz": Elsewhere("says whether the process lives"),
    "web:readyz": Elsewhere("says whether the database answers"),
}

#: Every kind of background job, and what keeps it inside the places of who asked for it.
JOBS: dict[str, str] = {
    "assignments.owe": "visits and meetings owed in the whole county; read through assignments_for",
    "audit.head": "notes the head of the trail and shows nothing of what it holds",
    "community.lapse": "closes requests of the whole county that nobody answered, and shows nothing",
    "casework.expire": "ends leads of the whole county that nobody looked at, and shows nothing",
    "casework.follow": "moves leads and cases along with their households, and shows nothing",
    "casework.open": "opens cases where who asked for it acts: tests/web/test_opening_many.py",
    "casework.raise": "leads and lists of the whole county, read through leads_for and cases_for",
    "intake.differences": "compares a batch with the one before; read through the batch's own gate",
    "exports.expire": "deletes files whose time is over and shows nothing",
    "exports.produce": "asks the list's gate again, as who asked: tests/web/test_exports.py",
    "indicators.compute": "figures of the whole county, which name nobody",
    "inspection.check_list": "the places of who asked, told in the row; read through check_for",
    "inspection.perform": "works on the whole county; what it finds is read through problems_for",
    "tasks.lay_ahead": "days of tasks of the whole county; read through tasks_for",
    "reporting.open": "begins reports of units, without words; read through reports_for",
    "retention.apply": "deletes what is old of the whole county and shows nothing",
    "intake.process": "takes rows of the batch's place only: tested in test_walker.py",
    "projects.link": "links projects of the whole county to units, and shows nothing",
    "places.follow": "ends what a merger left behind in the whole county, and shows nothing",
    "places.recode": "merges villages of the whole county, for its steward: tests/unit/registry",
    "monitoring.perform": "works on the whole county; what it finds is read through findings_for",
}
