"""What a right is put together from, and which term matters when."""

from types import SimpleNamespace

from ..engine import values
from ..engine.relevance import RELEVANT

UNIT_SELECTION = [
    (values.AMOUNT, "Amount of money"),
    (values.HOURS, "Hours"),
    (values.DAYS, "Days"),
    (values.SESSIONS, "Sessions"),
    (values.SCANS, "Scans"),
    (values.VOUCHERS, "Vouchers"),
    (values.TRAJECTS, "Trajects"),
]
BASIS_SELECTION = [
    (values.FIXED, "A number, the same for everybody"),
    (values.SALARY_PERCENT, "A percentage of the wage"),
    (values.HOURS_PERCENT, "A percentage of the contract hours"),
]
INTERVAL_SELECTION = [
    (values.ROLLING_START, "Some months after the first use"),
    (values.ROLLING_COMPLETION, "Some months after the traject has ended"),
    (values.CALENDAR_BLOCK, "In every block of the calendar"),
    (values.EMPLOYMENT_YEARS, "In every block of years of service"),
    (values.ACCRUAL, "Saved up, period after period"),
    (values.ONCE, "Never: once only"),
]
TIMING_SELECTION = [
    (values.AT_START, "At the start of each period"),
    (values.AT_END, "When a period is over"),
]
CONTRACT_TYPE_SELECTION = [
    ("all", "Permanent and fixed-term"),
    (values.PERMANENT, "Permanent only"),
    (values.FIXED_TERM, "Fixed-term only"),
]
COACH_CHOICE_SELECTION = [
    (values.BY_EMPLOYEE, "The employee chooses freely"),
    (values.FROM_LIST, "The employee chooses from the list"),
    (values.BY_EMPLOYER, "The career desk proposes one, for the employer"),
]
CONSULTATION_SELECTION = [
    (values.NO_CONSULTATION, "None"),
    (values.INFORM, "The employer is told that somebody uses it, without a name"),
    (values.CONSULT, "The employee talks it over with the career desk first"),
]
PAYER_SELECTION = [
    (values.PAID_BY_EMPLOYER, "The employer"),
    (values.PAID_BY_FUND, "A fund of the sector"),
    (values.OWN_CLAIM, "A fund; the employee claims it"),
]
EXIT_SELECTION = [
    (values.UNTIL_LAST_DAY, "It can be used until the last day of work"),
    (values.LAPSES, "It lapses once the leaving is on record"),
    (values.RUNNING_FINISHES, "What has begun can be finished afterwards"),
]
OUTPUT_SELECTION = [
    (values.NO_OUTPUT_RULE, "The agreement asks for nothing"),
    (values.ADVICE_TO_EMPLOYEE, "A written advice, for the employee only"),
]

#: Interval kinds that come back after a number of months.
WITH_MONTHS = tuple(kind for kind in values.INTERVAL_KINDS if kind != values.ONCE)


def _as_right(rule):
    """Return a right with its terms under the names that the engine gives them."""
    return SimpleNamespace(
        unit=rule.unit,
        basis=rule.basis,
        interval=rule.interval_kind,
        prorate_fte=rule.prorate_fte,
        contract_types=rule.contract_types,
        min_hours=rule.min_hours or None,
    )


#: Which term matters for which right. The form hides a term that does not, and the
#: server clears it: nothing counts that nobody sees.
MATTERS = {
    {"currency": "currency_id"}.get(term, term): (
        lambda rule, is_relevant=is_relevant: is_relevant(_as_right(rule))
    )
    for term, is_relevant in RELEVANT.items()
}

#: What somebody vouches for who has checked a version, for each of its rights.
RULE_TERMS = (
    "code",
    "article",
    "unit",
    "quantity",
    "basis",
    "currency_id",
    "interval_kind",
    "interval_months",
    "block_origin",
    "accrual_timing",
    "cap",
    "saving_months",
    "advance_periods",
    "prorate_fte",
    "full_time_hours",
    "prorate_part",
    "contract_types",
    "min_term_months",
    "min_hours",
    "hours_exclusive",
    "min_service_months",
    "max_service_months",
    "min_age",
    "excluded_category_ids",
    "improves_rule_id",
    "coach_choice",
    "consultation",
    "payer",
    "exit_policy",
    "output_rule",
    "valid_from",
    "valid_to",
)
