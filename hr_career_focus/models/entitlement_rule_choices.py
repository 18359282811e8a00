"""What a right is put together from, and which term matters when."""

from ..engine import values

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


def _accrues(rule):
    return rule.interval_kind == values.ACCRUAL


def _in_blocks(rule):
    return rule.interval_kind in (values.CALENDAR_BLOCK, values.ACCRUAL)


#: Which term matters for which right. The form hides a term that does not, and the
#: server clears it: nothing counts that nobody sees.
MATTERS = {
    "currency_id": lambda rule: rule.unit == values.AMOUNT,
    "interval_months": lambda rule: rule.interval_kind != values.ONCE,
    "block_origin": _in_blocks,
    "accrual_timing": _accrues,
    "cap": _accrues,
    "saving_months": _accrues,
    "advance_periods": _accrues,
    "prorate_fte": lambda rule: rule.basis == values.FIXED,
    "full_time_hours": lambda rule: rule.basis == values.FIXED and rule.prorate_fte,
    "prorate_part": _in_blocks,
    "min_term_months": lambda rule: rule.contract_types != values.PERMANENT,
    "hours_exclusive": lambda rule: bool(rule.min_hours),
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
