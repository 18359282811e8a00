"""The words of the entitlement engine: what goes in and what comes out.

Everything here is an immutable value without behaviour of its own clock, database or
state. Amounts are :class:`~decimal.Decimal`; a float is refused, so that EUR 0.10 is
EUR 0.10 on every machine.

What goes in:

* :class:`Facts`: the contract history of one person, as :class:`Spell` after spell;
* :class:`Rule`: one right of one :class:`Agreement`, with its :class:`Interval` (when
  it comes back) and its :class:`Eligibility` (who has it);
* :class:`Use`: what the person used of it before.

What comes out: one :class:`Entitlement` per rule, with its :class:`Reason` list.

A later kind of rule adds a field with a default, or a new kind of interval in
``intervals.py``; the functions that take these values keep their signatures.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

# What a right is counted in.
AMOUNT = "amount"
HOURS = "hours"
SESSIONS = "sessions"
SCANS = "scans"
UNITS = (AMOUNT, HOURS, SESSIONS, SCANS)

# When a used right comes back.
ROLLING_START = "rolling_start"
INTERVAL_KINDS = (ROLLING_START,)

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
# Why: the text does not give the right (now).
NO_RULE = "no_rule"
NOT_EMPLOYED_YET = "not_employed_yet"
EMPLOYMENT_ENDED = "employment_ended"
RULE_STARTS_LATER = "rule_starts_later"
RULE_ENDED = "rule_ended"
RULE_ENDS_FIRST = "rule_ends_first"
SERVICE_TOO_SHORT = "service_too_short"
INTERVAL_RUNNING = "interval_running"
# Why: the text gives the right.
SERVICE_MET = "service_met"
NEVER_USED = "never_used"
PARTLY_USED = "partly_used"
INTERVAL_OVER = "interval_over"
AFTER_EFFECT = "after_effect"

# An interruption of this many days, or longer, starts a new employment.
BREAK_DAYS = 4

ZERO = Decimal(0)


def _require_decimal(owner: str, name: str, value: object) -> None:
    """Refuse what is not an exact, finite, non-negative decimal."""
    if not isinstance(value, Decimal):
        raise TypeError(f"{owner}.{name} must be a Decimal, not {type(value).__name__}")
    if not value.is_finite() or value < 0:
        raise ValueError(f"{owner}.{name} must be zero or more, not {value}")


@dataclass(frozen=True)
class Use:
    """What somebody used of a right on a day, or reserved to use.

    ``returned`` uses count for nothing: a traject cancelled before its first session
    gives the right back. ``granted`` is what the rule granted on that day; a later,
    lower rule never takes it away.
    """

    rule_key: str
    quantity: Decimal
    on: date
    returned: bool = False
    granted: Decimal | None = None

    def __post_init__(self):
        _require_decimal("Use", "quantity", self.quantity)
        if self.granted is not None:
            _require_decimal("Use", "granted", self.granted)


@dataclass(frozen=True)
class Spell:
    """One dated set of contract terms.

    ``valid_from`` is the day these terms took effect; ``start`` and ``end`` are the
    first and the last day of the contract they belong to. ``start`` is ``None`` when
    nobody recorded it, ``end`` is ``None`` when the contract is open-ended.
    """

    valid_from: date
    start: date | None
    end: date | None = None
    agreement_key: str | None = None


@dataclass(frozen=True)
class Facts:
    """The contract history of one person at one employer, oldest terms first.

    >>> first = Spell(date(2020, 1, 1), date(2020, 1, 1), date(2021, 12, 31), "cao")
    >>> second = Spell(date(2022, 1, 1), date(2022, 1, 1), None, "cao")
    >>> Facts((second, first)).service_start(date(2026, 1, 1))
    datetime.date(2020, 1, 1)
    """

    spells: tuple[Spell, ...] = ()

    def __post_init__(self):
        ordered = sorted(self.spells, key=lambda spell: spell.valid_from)
        object.__setattr__(self, "spells", tuple(ordered))

    def terms_on(self, on_date: date) -> Spell | None:
        """Return the terms in force on a day; before the first ones, the first."""
        found = None
        for spell in self.spells:
            if found is None or spell.valid_from <= on_date:
                found = spell
        return found

    def occupations(self) -> list[tuple[date, date]]:
        """Return first and last day of each unbroken employment, oldest first.

        Contracts follow on from each other unless :data:`BREAK_DAYS` or more lie
        between the last day of one and the first day of the next. An employment
        without a known end lasts until ``date.max``.
        """
        merged: list[tuple[date, date]] = []
        for start, end in sorted(
            (spell.start, spell.end or date.max)
            for spell in self.spells
            if spell.start is not None
        ):
            if merged and (start - merged[-1][1]).days < BREAK_DAYS:
                start, last = merged.pop()
                end = max(end, last)
            merged.append((start, end))
        return merged

    def service_start(self, on_date: date) -> date | None:
        """Return the first day of the unbroken employment that covers ``on_date``.

        A weekend between two contracts does not break it, four days do::

            >>> old = Spell(date(2020, 1, 1), date(2020, 1, 1), date(2021, 12, 31))
            >>> soon = Spell(date(2022, 1, 3), date(2022, 1, 3))
            >>> late = Spell(date(2022, 1, 4), date(2022, 1, 4))
            >>> Facts((old, soon)).service_start(date(2023, 1, 1))
            datetime.date(2020, 1, 1)
            >>> Facts((old, late)).service_start(date(2023, 1, 1))
            datetime.date(2022, 1, 4)

        On a day without employment there is none::

            >>> Facts((old, late)).service_start(date(2022, 1, 2)) is None
            True
        """
        for start, end in self.occupations():
            if start <= on_date <= end:
                return start
        return None

    def next_start(self, on_date: date) -> date | None:
        """Return the first day of the next employment after ``on_date``, if known."""
        return next((s for s, _end in self.occupations() if s > on_date), None)

    def last_end(self, on_date: date) -> date | None:
        """Return the last day of the latest employment over before ``on_date``."""
        ended = [end for _start, end in self.occupations() if end < on_date]
        return max(ended, default=None)


@dataclass(frozen=True)
class Agreement:
    """The collective agreement a rule comes from.

    ``verified`` says that somebody at the employer compared the rules with the text.
    ``after_effect`` (nawerking): after ``valid_to`` the text stays in force for those
    who still fall under it, until they are given another one.
    """

    key: str
    name: str = ""
    verified: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    after_effect: bool = False


@dataclass(frozen=True)
class Interval:
    """When a used right comes back: ``kind`` and its length in months."""

    kind: str = ROLLING_START
    months: int = 12

    def __post_init__(self):
        if self.kind not in INTERVAL_KINDS:
            raise ValueError(f"Unknown kind of interval: {self.kind}")
        if self.months < 1:
            raise ValueError("An interval lasts one month at least")


@dataclass(frozen=True)
class Eligibility:
    """Who has the right: for now, whoever worked long enough without a break."""

    min_service_months: int = 0

    def __post_init__(self):
        if self.min_service_months < 0:
            raise ValueError("Minimal service is zero months or more")


@dataclass(frozen=True)
class Rule:
    """One right of an agreement: how much, in what, how often, for whom, when.

    ``clause`` is the article to show, ``currency`` the ISO code when the unit is an
    amount of money.
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

    def __post_init__(self):
        _require_decimal("Rule", "quantity", self.quantity)
        if not self.quantity:
            raise ValueError("A right gives more than nothing")
        if self.unit not in UNITS:
            raise ValueError(f"Unknown unit: {self.unit}")
        if self.unit == AMOUNT and not self.currency:
            raise ValueError("An amount of money needs a currency")

    def first_day(self) -> date | None:
        """Return the first day the rule is in force, ``None`` for always."""
        return max(
            (day for day in (self.valid_from, self.agreement.valid_from) if day),
            default=None,
        )

    def last_day(self) -> date | None:
        """Return the last day the rule is in force, ``None`` for open-ended.

        A rule that ends with its agreement shares the agreement's after-effect; a
        rule that was given an earlier end of its own has none::

            >>> text = Agreement("cao", valid_to=date(2027, 12, 31), after_effect=True)
            >>> Rule("r", text, Decimal(8), HOURS).last_day() is None
            True
            >>> early = Rule("r", text, Decimal(8), HOURS, valid_to=date(2026, 6, 30))
            >>> early.last_day()
            datetime.date(2026, 6, 30)
        """
        own, whole = self.valid_to, self.agreement.valid_to
        if own and (whole is None or own < whole):
            return own
        return None if self.agreement.after_effect else whole

    def in_after_effect(self, on_date: date) -> bool:
        """Tell whether the rule is in force only because nothing replaced it yet."""
        whole = self.agreement.valid_to
        return bool(whole and self.last_day() is None and on_date > whole)


@dataclass(frozen=True)
class Reason:
    """One reason for an answer: a code, the clause it rests on and the facts used.

    ``data`` holds dates, numbers and names only, ready to be put in a sentence.
    """

    code: str
    clause: str = ""
    data: Mapping = field(default_factory=dict, hash=False)

    def __post_init__(self):
        object.__setattr__(self, "data", MappingProxyType(dict(self.data)))


@dataclass(frozen=True)
class Entitlement:
    """The answer for one person, one rule and one day.

    * ``left``: what can still be used, zero unless the status is ``AVAILABLE``;
    * ``granted``: what the running (or next) interval grants in all;
    * ``since``: first day of the running interval, or the day the right opened;
    * ``until``: last day on which what is left can be used, ``None`` for open-ended;
    * ``next_date``: for a refusal, the first day the right is open (again); for an
      answer ``AVAILABLE`` of which a part is used, the day a fresh quantity starts;
      ``None`` when there is no such day;
    * ``reasons``: why, the deciding one first.

    ``rule_key`` is empty when it is not known which rules apply.
    """

    rule_key: str
    status: str
    left: Decimal = ZERO
    unit: str = ""
    currency: str | None = None
    granted: Decimal = ZERO
    since: date | None = None
    until: date | None = None
    next_date: date | None = None
    reasons: tuple[Reason, ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether something can be used now."""
        return self.status == AVAILABLE

    def has_reason(self, code: str) -> bool:
        """Tell whether ``code`` is among the reasons."""
        return any(reason.code == code for reason in self.reasons)
