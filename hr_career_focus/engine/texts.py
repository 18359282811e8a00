"""What goes in about an agreement: its versions and the rights they give."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .codes import (
    ACCRUAL,
    AMOUNT,
    AT_START,
    BASES,
    BY_EMPLOYEE,
    CALENDAR_BLOCK,
    CATEGORIES,
    COACH_CHOICES,
    CONSULTATIONS,
    CONTRACT_TYPES,
    EXITS,
    FIXED,
    HOURS,
    HOURS_PERCENT,
    INTERVAL_KINDS,
    NO_CONSULTATION,
    NO_OUTPUT_RULE,
    OUTPUTS,
    PAID_BY_EMPLOYER,
    PAYERS,
    ROLLING_START,
    SALARY_PERCENT,
    TIMINGS,
    UNITS,
    UNTIL_LAST_DAY,
)
from .decimals import CENT, require_decimal


@dataclass(frozen=True)
class Version:
    """One text of an agreement, from its first day until the next text replaces it.

    ``verified`` says that somebody at the employer compared the rules with the text.
    ``after_effect`` (nawerking): after ``valid_to`` the text stays in force for those
    who still fall under it, until a newer one replaces it. ``registered`` is the day
    the text counted here for the first time; ``None`` means from the beginning. A text
    may be registered years after its first day.
    """

    key: str = ""
    name: str = ""
    verified: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    after_effect: bool = False
    registered: date | None = None


@dataclass(frozen=True)
class Agreement:
    """A collective agreement, or the rules a company adds to it, with its versions.

    ``employer`` is set for company rules only: they apply to everybody of that
    employer, next to the collective agreement.
    """

    key: str
    name: str = ""
    versions: tuple[Version, ...] = (Version(),)
    employer: str | None = None

    def version_on(self, on_date: date, known: date | None = None) -> Version | None:
        """Return the version in force on a day, if any.

        The version that began last is the one; of two that began on the same day, the
        one registered last. What it replaced does not come back when it ends. With
        ``known``, only versions registered by that day are looked at::

            >>> old = Version("1", valid_from=date(2017, 1, 1),
            ...               valid_to=date(2018, 12, 31), after_effect=True)
            >>> new = Version("2", valid_from=date(2019, 1, 1),
            ...               valid_to=date(2021, 12, 31), registered=date(2020, 11, 5))
            >>> text = Agreement("omroep", versions=(old, new))
            >>> text.version_on(date(2019, 6, 1)).key
            '2'
            >>> text.version_on(date(2019, 6, 1), known=date(2019, 6, 1)).key
            '1'
            >>> text.version_on(date(2022, 1, 1)) is None
            True
        """
        begun = [
            version
            for version in self.versions
            if (version.valid_from is None or version.valid_from <= on_date)
            and (
                known is None
                or version.registered is None
                or version.registered <= known
            )
        ]
        if not begun:
            return None
        last = max(
            begun,
            key=lambda version: (
                version.valid_from or date.min,
                version.registered or date.min,
            ),
        )
        over = last.valid_to is not None and on_date > last.valid_to
        return None if over and not last.after_effect else last


@dataclass(frozen=True)
class Interval:
    """When a used right comes back.

    ``months`` is the length of the interval, the block or the period of accrual; it
    means nothing for :data:`ONCE`. ``origin`` is the first day of some calendar
    block, or of some period of accrual; an accrual without one counts its periods
    from the start of the employment. The other fields are for an accrual:

    * ``timing``: whether a period gives its quantity on its first day, or on the day
      after its last;
    * ``cap``: the most that can be saved, for somebody who works full time;
    * ``saving_months``: how long each quantity can be kept, ``None`` for always;
    * ``advance_periods``: how many coming periods can be used now.
    """

    kind: str = ROLLING_START
    months: int = 12
    origin: date | None = None
    timing: str = AT_START
    cap: Decimal | None = None
    saving_months: int | None = None
    advance_periods: int = 0

    def __post_init__(self):
        if self.kind not in INTERVAL_KINDS:
            raise ValueError(f"Unknown kind of interval: {self.kind}")
        if self.timing not in TIMINGS:
            raise ValueError(f"Unknown timing of an accrual: {self.timing}")
        if self.months < 1:
            raise ValueError("An interval lasts one month at least")
        if self.kind == CALENDAR_BLOCK and self.origin is None:
            raise ValueError("A calendar block needs the first day of a block")
        if self.cap is not None:
            require_decimal("Interval", "cap", self.cap)
        if self.saving_months is not None and self.saving_months < 1:
            raise ValueError("What is saved can be kept for one month at least")
        if self.advance_periods < 0:
            raise ValueError("Nobody can use less than no period in advance")


@dataclass(frozen=True)
class Eligibility:
    """Who has the right.

    * ``contract_types``: the forms of contract that have it, empty for all;
    * ``min_term_months``: how long a fixed-term contract must last, from its first to
      its last day;
    * ``min_hours``: the hours of a week that are needed; with ``hours_exclusive`` more
      than that number;
    * ``min_service_months``, ``max_service_months``: how long somebody must, and may,
      have worked without a break (the right ends on the day the maximum is full);
    * ``min_age``: from which birthday on;
    * ``excluded``: the categories of workers that do not have it.
    """

    min_service_months: int = 0
    max_service_months: int | None = None
    contract_types: frozenset[str] = frozenset()
    min_term_months: int = 0
    min_hours: Decimal | None = None
    hours_exclusive: bool = False
    min_age: int | None = None
    excluded: frozenset[str] = frozenset()

    def __post_init__(self):
        if self.min_service_months < 0:
            raise ValueError("Minimal service is zero months or more")
        if self.min_term_months < 0:
            raise ValueError("The minimal term is zero months or more")
        if self.max_service_months is not None and self.max_service_months < 1:
            raise ValueError("Maximal service is one month or more")
        if self.min_age is not None and self.min_age < 0:
            raise ValueError("An age is zero years or more")
        if self.min_hours is not None:
            require_decimal("Eligibility", "min_hours", self.min_hours)
        for name, known in (
            ("contract_types", CONTRACT_TYPES),
            ("excluded", CATEGORIES),
        ):
            wrong = set(getattr(self, name)).difference(known)
            if wrong:
                raise ValueError(f"Unknown in {name}: {', '.join(sorted(wrong))}")


@dataclass(frozen=True)
class Rule:
    """One right as one version of an agreement words it.

    ``key`` is the right: rules of several versions with one key are one right, and
    what was used of it counts in all of them. ``clause`` is the article to show,
    ``currency`` the ISO code when the unit is an amount of money and ``rounding`` the
    smallest amount of that currency.

    ``quantity`` is a number of units, or with another ``basis`` a percentage: of the
    wage, or of the hours of the contract. ``prorate_fte`` gives part-timers their
    part, of ``full_time_hours`` when the agreement counts full time its own way.
    ``prorate_part`` gives whoever starts during a block or a period the months that
    are left of it, a month begun counting whole.

    ``improves`` is for company rules: the key of the right they make better. Term by
    term the better one counts. Without it a company rule is a right of its own.
    """

    key: str
    agreement: Agreement
    quantity: Decimal
    unit: str = AMOUNT
    currency: str | None = None
    clause: str = ""
    interval: Interval = field(default_factory=Interval)
    eligibility: Eligibility = field(default_factory=Eligibility)
    valid_from: date | None = None
    valid_to: date | None = None
    version: str = ""
    basis: str = FIXED
    rounding: Decimal = CENT
    prorate_fte: bool = False
    full_time_hours: Decimal | None = None
    prorate_part: bool = False
    coach_choice: str = BY_EMPLOYEE
    consultation: str = NO_CONSULTATION
    payer: str = PAID_BY_EMPLOYER
    exit: str = UNTIL_LAST_DAY
    output: str = NO_OUTPUT_RULE
    improves: str | None = None

    def __post_init__(self):
        require_decimal("Rule", "quantity", self.quantity)
        if not self.quantity:
            raise ValueError("A right gives more than nothing")
        for name, value, known in (
            ("unit", self.unit, UNITS),
            ("basis", self.basis, BASES),
            ("choice of coach", self.coach_choice, COACH_CHOICES),
            ("consultation", self.consultation, CONSULTATIONS),
            ("payer", self.payer, PAYERS),
            ("exit", self.exit, EXITS),
            ("output", self.output, OUTPUTS),
        ):
            if value not in known:
                raise ValueError(f"Unknown {name}: {value}")
        if self.unit == AMOUNT and not self.currency:
            raise ValueError("An amount of money needs a currency")
        if self.basis == SALARY_PERCENT and self.unit != AMOUNT:
            raise ValueError("A percentage of the wage is an amount of money")
        if self.basis == HOURS_PERCENT and self.unit != HOURS:
            raise ValueError("A percentage of the hours is a number of hours")
        if self.basis != FIXED and self.interval.kind != ACCRUAL:
            raise ValueError("A percentage is earned period by period")
        if self.full_time_hours is not None:
            require_decimal("Rule", "full_time_hours", self.full_time_hours)
            if not self.full_time_hours:
                raise ValueError("Full time is more than no hours")
        if self.improves is not None and self.agreement.employer is None:
            raise ValueError("Only a company rule improves another right")
        if all(one.key != self.version for one in self.agreement.versions):
            raise ValueError(f"The agreement has no version {self.version!r}")

    @property
    def text(self) -> Version:
        """The version of the agreement this rule is in."""
        return next(v for v in self.agreement.versions if v.key == self.version)

    def in_force(self, on_date: date, known: date | None = None) -> bool:
        """Tell whether this wording is the one in force on a day.

        A rule with dates of its own is in force within them only, and shares the
        after-effect of its version when it has no last day of its own::

            >>> text = Agreement("cao", versions=(
            ...     Version(valid_to=date(2027, 12, 31), after_effect=True),))
            >>> Rule("r", text, Decimal(8), HOURS).in_force(date(2028, 6, 1))
            True
            >>> early = Rule("r", text, Decimal(8), HOURS, valid_to=date(2026, 6, 30))
            >>> early.in_force(date(2026, 6, 30)), early.in_force(date(2026, 7, 1))
            (True, False)
        """
        if self.valid_from is not None and on_date < self.valid_from:
            return False
        if self.valid_to is not None and on_date > self.valid_to:
            return False
        return self.agreement.version_on(on_date, known) == self.text
