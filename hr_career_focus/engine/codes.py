"""The codes of the entitlement engine: units, kinds, answers and reasons."""

# What a right is counted in.
AMOUNT = "amount"
HOURS = "hours"
DAYS = "days"
SESSIONS = "sessions"
SCANS = "scans"
VOUCHERS = "vouchers"
TRAJECTS = "trajects"
UNITS = (AMOUNT, HOURS, DAYS, SESSIONS, SCANS, VOUCHERS, TRAJECTS)
#: Units nobody can use a part of.
COUNTED = (SESSIONS, SCANS, VOUCHERS, TRAJECTS)

# What the quantity of a rule is a number of.
FIXED = "fixed"
SALARY_PERCENT = "salary_percent"
HOURS_PERCENT = "hours_percent"
BASES = (FIXED, SALARY_PERCENT, HOURS_PERCENT)

# When a used right comes back.
ROLLING_START = "rolling_start"
ROLLING_COMPLETION = "rolling_completion"
CALENDAR_BLOCK = "calendar_block"
EMPLOYMENT_YEARS = "employment_years"
ACCRUAL = "accrual"
ONCE = "once"
INTERVAL_KINDS = (
    ROLLING_START,
    ROLLING_COMPLETION,
    CALENDAR_BLOCK,
    EMPLOYMENT_YEARS,
    ACCRUAL,
    ONCE,
)

# When a period of an accrual gives its quantity.
AT_START = "at_start"
AT_END = "at_end"
TIMINGS = (AT_START, AT_END)

# The form of a contract.
PERMANENT = "permanent"
FIXED_TERM = "fixed_term"
CONTRACT_TYPES = (PERMANENT, FIXED_TERM)

# What kind of worker somebody is; agreements exclude some of them.
EMPLOYEE = "employee"
STUDENT = "student"
TRAINEE = "trainee"
APPRENTICE = "apprentice"
ON_CALL = "on_call"
AGENCY = "agency"
SEASONAL = "seasonal"
SUBSIDISED = "subsidised"
FREELANCE = "freelance"
CATEGORIES = (
    EMPLOYEE,
    STUDENT,
    TRAINEE,
    APPRENTICE,
    ON_CALL,
    AGENCY,
    SEASONAL,
    SUBSIDISED,
    FREELANCE,
)

# Who chooses the coach.
BY_EMPLOYEE = "employee"
FROM_LIST = "list"
BY_EMPLOYER = "employer"
COACH_CHOICES = (BY_EMPLOYEE, FROM_LIST, BY_EMPLOYER)

# Whether the employer has a say. The desk serves it, never the line.
NO_CONSULTATION = "none"
INFORM = "inform"
CONSULT = "consult"
CONSULTATIONS = (NO_CONSULTATION, INFORM, CONSULT)

# Who pays.
PAID_BY_EMPLOYER = "employer"
PAID_BY_FUND = "fund"
OWN_CLAIM = "own_claim"
PAYERS = (PAID_BY_EMPLOYER, PAID_BY_FUND, OWN_CLAIM)

# What becomes of the right when somebody leaves.
LAPSES = "lapses"
UNTIL_LAST_DAY = "until_last_day"
RUNNING_FINISHES = "running_finishes"
EXITS = (LAPSES, UNTIL_LAST_DAY, RUNNING_FINISHES)

# What comes out of a traject, and for whom.
NO_OUTPUT_RULE = "none"
ADVICE_TO_EMPLOYEE = "advice_to_employee"
OUTPUTS = (NO_OUTPUT_RULE, ADVICE_TO_EMPLOYEE)

# The five possible answers.
AVAILABLE = "available"
NOT_YET = "not_yet"
USED_UP = "used_up"
NOT_ELIGIBLE = "not_eligible"
UNKNOWN = "unknown"
STATUSES = (AVAILABLE, NOT_YET, USED_UP, NOT_ELIGIBLE, UNKNOWN)

# Why: the facts are incomplete, so nobody may guess.
NO_AGREEMENT = "no_agreement"
NO_START_DATE = "no_start_date"
NOT_VERIFIED = "not_verified"
HOURS_UNKNOWN = "hours_unknown"
WAGE_UNKNOWN = "wage_unknown"
BIRTHDAY_UNKNOWN = "birthday_unknown"
CATEGORY_UNKNOWN = "category_unknown"
# Why: the text does not give the right (now).
NO_RULE = "no_rule"
NOT_EMPLOYED_YET = "not_employed_yet"
EMPLOYMENT_ENDED = "employment_ended"
EMPLOYMENT_ENDS_FIRST = "employment_ends_first"
LEAVING = "leaving"
RULE_STARTS_LATER = "rule_starts_later"
RULE_ENDED = "rule_ended"
RULE_ENDS_FIRST = "rule_ends_first"
SERVICE_TOO_SHORT = "service_too_short"
SERVICE_TOO_LONG = "service_too_long"
TOO_YOUNG = "too_young"
CATEGORY_EXCLUDED = "category_excluded"
CONTRACT_TYPE_EXCLUDED = "contract_type_excluded"
TERM_TOO_SHORT = "term_too_short"
HOURS_TOO_FEW = "hours_too_few"
INTERVAL_RUNNING = "interval_running"
COMPLETION_PENDING = "completion_pending"
BLOCK_USED = "block_used"
USED_ONCE = "used_once"
NOTHING_SAVED = "nothing_saved"
# Why: the text gives the right.
SERVICE_MET = "service_met"
NEVER_USED = "never_used"
PARTLY_USED = "partly_used"
INTERVAL_OVER = "interval_over"
SAVED = "saved"
IN_ADVANCE = "in_advance"
AFTER_EFFECT = "after_effect"
COMPANY_IMPROVES = "company_improves"
GRANTED_EARLIER = "granted_earlier"
PART_TIME = "part_time"
PART_PERIOD = "part_period"

# What goes with the right, whatever the answer.
CONDITION_COACH = "condition_coach"
CONDITION_CONSULTATION = "condition_consultation"
CONDITION_PAYER = "condition_payer"
CONDITION_EXIT = "condition_exit"
CONDITION_OUTPUT = "condition_output"

# An interruption of this many days, or longer, starts a new employment.
BREAK_DAYS = 4
