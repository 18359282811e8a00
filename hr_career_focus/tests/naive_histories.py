"""Random histories to compare two implementations on: contracts, texts and uses.

All dates lie close together, so that much happens within the days that are walked:
intervals of months where real ones last years. Days are drawn more often than by
chance from the ends of months and around 29 February.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from ..engine import values as v
from .naive_papers import plus_months

#: Days on which calendars go wrong.
CORNERS = ((2, 28), (2, 29), (3, 1), (1, 31), (8, 31), (12, 31), (1, 1))


@dataclass
class History:
    """One question: its ``repr`` can be pasted into a case."""

    facts: v.Facts
    rules: list
    uses: list
    on: date


class Draw:
    """Draws histories from one generator of random numbers."""

    def __init__(self, random):
        self.random = random
        self.some = random.random

    def history(self, kind=None) -> History:
        self.today = date(2020, 1, 1) + timedelta(days=self.random.randrange(3000))
        self.today = self.day(0, 0)
        self.kind = kind or self.random.choice(v.INTERVAL_KINDS)
        self.unit, self.basis = self.counted_in()
        self.months = self.random.choice((1, 2, 3, 4, 6, 12))
        if self.kind != v.ACCRUAL and self.months < 3:
            self.months = 9
        self.origin = self.day(-700, 100)
        self.timing = self.random.choice(v.TIMINGS)
        self.employer = "we" if self.some() < 0.9 else "they"
        count = self.random.choice((0, 0, 0, 1, 1, 3))
        self.limits = set(self.random.sample(LIMITS, count))
        facts = self.facts()
        rules = self.right("right", v.Agreement("cao", versions=self.versions()))
        if self.some() < 0.2:
            rules += self.company_rule(rules[0])
        if self.some() < 0.03:
            own = v.Agreement("own", versions=self.versions(), employer="we")
            rules += self.right("extra", own)
        self.random.shuffle(rules)
        uses = [self.use(rules[0]) for _ in range(self.random.choice(HOW_MANY))]
        on = self.today
        if self.some() < 0.5:
            on = self.random.choice([*self.turning_days(facts, rules, uses), on])
        return History(facts, rules, uses, on)

    def turning_days(self, facts, rules, uses):
        """Days near today on which something happens, and those beside them."""
        days = [day for spell in facts.spells for day in (spell.valid_from, spell.end)]
        for rule in rules:
            for version in rule.agreement.versions:
                days += [version.valid_from, version.valid_to, version.registered]
        for use in uses:
            for start in (use.on, use.completed):
                days += [start, use.expires]
                days += [start and plus_months(start, one) for one in (3, 4, 6, 9, 10)]
        for months in (1, 2, 3, 6, 12, 24):
            days.append(plus_months(self.origin, months))
            days += [plus_months(spell.valid_from, months) for spell in facts.spells]
        near = [d for d in days if d and abs((d - self.today).days) < 300]
        return [day + timedelta(self.pick(-1, 1)) for day in near]

    # Days.

    def day(self, earliest, latest):
        """A day counted from today; sometimes the nearest corner of the calendar."""
        day = self.today + timedelta(days=self.random.randint(earliest, latest))
        if self.some() < 0.3:
            month, number = self.random.choice(CORNERS)
            if (month, number) == (2, 29) and day.year % 4:
                number = 28
            day = date(day.year, month, number)
        return day

    def maybe(self, chance, value):
        return value() if self.some() < chance else None

    # Contracts.

    def facts(self):
        start = self.day(-700, 20)
        count = self.random.choice((1, 1, 2, 2, 3))
        spells = []
        for _ in range(count):
            spells += self.contract(start)
            end = spells[-1].end
            if end is None:
                break
            gap = self.random.choice((1, 1, 2, 4, 5, self.random.randint(6, 300)))
            start = end + timedelta(days=gap)
        if self.some() < 0.02:
            spells = [replace(spell, start=None) for spell in spells]
        if self.some() < 0.01:
            spells = []
        age = self.random.randint(0, 700)
        born = self.maybe(
            0.97, lambda: plus_years(self.today - timedelta(days=age), -56)
        )
        return v.Facts(tuple(spells), self.employer, born)

    def contract(self, start):
        """One contract with one to three sets of terms."""
        end = self.maybe(0.45, lambda: start + timedelta(self.pick(20, 900)))
        fixed = self.random.choice((None, None, end is not None, False))
        leaves = None
        if end is not None and self.some() < 0.3:
            leaves, fixed = end, False
        key = "cao" if self.some() < 0.97 else self.random.choice((None, "other"))
        spell = v.Spell(
            start, start, end, key, leaves_on=leaves, fixed_term=fixed, **self.terms()
        )
        spells = [spell]
        for _ in range(self.random.choice((0, 0, 0, 1, 2))):
            change = start + timedelta(days=self.random.randint(1, 500))
            if end is None or change <= end:
                terms = self.terms() if self.some() < 0.7 else {}
                spells.append(replace(spells[-1], valid_from=change, **terms))
        return sorted(spells, key=lambda spell: spell.valid_from)

    def terms(self):
        hours = self.random.choice(
            ("0", "8", "15", "15", "16", "20", "24", "28.5", "36", "36", "40")
        )
        known = self.some() < 0.985
        categories = (v.EMPLOYEE,) * 20 + (v.STUDENT, v.ON_CALL) * 3 + (None,)
        return {
            "weekly_hours": Decimal(hours) if known else None,
            "fte": Decimal(hours) / 40 if self.some() < 0.985 else None,
            "wage": self.maybe(
                0.97, lambda: Decimal(self.random.randint(90000, 700000)).scaleb(-2)
            ),
            "category": self.random.choice(categories),
        }

    # Texts.

    def versions(self):
        """One to three versions, one after another, some registered later."""
        count = self.random.choice((1, 1, 2, 2, 3))
        first = self.random.choice((None, self.day(-1000, 30)))
        versions = []
        for number in range(count):
            last = self.maybe(
                0.4, lambda: (first or self.today) + timedelta(self.pick(0, 900))
            )
            registered = None
            if self.some() < 0.35:
                registered = (first or self.today) + timedelta(self.pick(-30, 500))
            versions.append(
                v.Version(
                    f"v{number}",
                    verified=self.some() < 0.97,
                    valid_from=first,
                    valid_to=last,
                    after_effect=self.some() < 0.5,
                    registered=registered,
                )
            )
            begun = first or self.day(-800, 0)
            first = last + ONE_DAY if last and self.some() < 0.5 else None
            first = first or begun + timedelta(days=self.pick(0, 700))
        return tuple(versions)

    def pick(self, low, high):
        return self.random.randint(low, high)

    def counted_in(self):
        """A unit and a basis that go together."""
        if self.kind == v.ACCRUAL and self.some() < 0.5:
            return self.random.choice(
                ((v.AMOUNT, v.SALARY_PERCENT), (v.HOURS, v.HOURS_PERCENT))
            )
        return self.random.choice(v.UNITS), v.FIXED

    def right(self, key, agreement):
        """A right in (nearly) every version of an agreement."""
        wordings = [
            self.wording(key, agreement, version.key)
            for version in agreement.versions
            if self.some() < 0.93
        ]
        return wordings or [self.wording(key, agreement, agreement.versions[0].key)]

    def wording(self, key, agreement, version, **kwargs):
        prorate = self.some() < 0.3
        return v.Rule(
            key,
            agreement,
            self.quantity(),
            unit=self.unit,
            currency="EUR" if self.unit == v.AMOUNT else None,
            clause="1",
            interval=self.interval(),
            eligibility=self.eligibility(),
            valid_from=self.maybe(0.05, lambda: self.day(-500, 100)),
            valid_to=self.maybe(0.05, lambda: self.day(-100, 400)),
            version=version,
            basis=self.basis,
            rounding=Decimal(self.random.choice(("0.01", "0.01", "1", "5"))),
            prorate_fte=prorate,
            full_time_hours=self.random.choice((None, Decimal(36))),
            prorate_part=self.some() < 0.4,
            exit=self.random.choice(v.EXITS),
            **kwargs,
        )

    def quantity(self):
        if self.basis != v.FIXED:
            return Decimal(self.random.choice(("0.5", "1.5", "2", "3")))
        if self.unit in v.COUNTED:
            return Decimal(self.random.choice((1, 2, 5, 6)))
        return Decimal(self.random.choice(("8", "100", "333.33", "900", "1000")))

    def interval(self):
        months = self.months
        if self.kind in (v.ROLLING_START, v.ROLLING_COMPLETION):
            months = self.random.choice((months, months, 6, 10))
        capital = self.quantity() * self.random.choice((1, 2, 3))
        if self.basis != v.FIXED:
            capital = Decimal(self.random.choice(("20", "55.55", "400")))
        accrual = self.kind == v.ACCRUAL
        anchored = self.kind == v.CALENDAR_BLOCK or (accrual and self.some() < 0.5)
        kind = self.kind
        if kind in (v.ROLLING_START, v.ROLLING_COMPLETION) and self.some() < 0.05:
            kind = self.random.choice((v.ROLLING_START, v.ROLLING_COMPLETION))
        return v.Interval(
            kind,
            months,
            self.origin if anchored else None,
            self.timing,
            self.maybe(0.4, lambda: capital) if accrual else None,
            self.maybe(0.5, lambda: self.pick(1, 12)) if accrual else None,
            self.random.choice((0, 0, 0, 1, 2)) if accrual else 0,
        )

    def eligibility(self):
        chosen = {}
        if "service" in self.limits:
            chosen["min_service_months"] = self.pick(1, 14)
        if "long" in self.limits:
            chosen["max_service_months"] = self.pick(6, 40)
        if "contract" in self.limits:
            forms = ((v.PERMANENT,), (v.FIXED_TERM,), v.CONTRACT_TYPES)
            chosen["contract_types"] = frozenset(self.random.choice(forms))
        if "term" in self.limits:
            chosen["min_term_months"] = self.pick(2, 20)
        if "hours" in self.limits:
            chosen["min_hours"] = Decimal(self.random.choice((8, 15, 16)))
            chosen["hours_exclusive"] = self.some() < 0.5
        if "age" in self.limits:
            chosen["min_age"] = self.random.choice((55, 56, 57))
        if "category" in self.limits:
            chosen["excluded"] = frozenset(
                self.random.sample((v.STUDENT, v.ON_CALL, v.EMPLOYEE), self.pick(1, 2))
            )
        return v.Eligibility(**chosen)

    def company_rule(self, rule):
        """A rule of the company on top of a right, now and then of another unit."""
        company = v.Agreement("house", "House rules", self.versions(), "we")
        kept = self.unit, self.months, self.timing
        if self.some() < 0.1 and self.basis == v.FIXED:
            self.unit = self.random.choice(v.UNITS)
        if self.some() < 0.1:
            self.months = self.random.choice((1, 6, 12))
            self.timing = self.random.choice(v.TIMINGS)
        better = [
            self.wording("better", company, version.key, improves=rule.key)
            for version in company.versions
        ]
        self.unit, self.months, self.timing = kept
        return better

    # Uses.

    def use(self, rule):
        quantity = rule.quantity * Decimal(self.random.choice(SHARES))
        if rule.basis == v.SALARY_PERCENT:
            quantity *= 40
        if rule.unit in v.COUNTED:
            quantity = quantity.to_integral_value()
        quantity = quantity.quantize(v.CENT)
        on = self.day(-400, 20)
        key = rule.key if self.some() < 0.97 else "elsewhere"
        use = v.Use(
            key if rule.improves is None else rule.improves,
            quantity,
            on,
            returned=self.some() < 0.06,
            granted=self.maybe(0.15, lambda: rule.quantity * 2),
            completed=self.maybe(0.75, lambda: on + timedelta(self.pick(0, 150))),
        )
        if self.some() < 0.15:
            redeemed = quantity * self.random.choice((0, 0, 1))
            expires = on + timedelta(days=self.pick(0, 300))
            use = replace(use, expires=expires, redeemed=redeemed)
        return use


def plus_years(day, years):
    """The same day in another year; 28 February for 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 2, 28)


LIMITS = ("service", "long", "contract", "term", "hours", "age", "category")
HOW_MANY = (0, 1, 1, 2, 2, 3, 4)
SHARES = ("0", "0.2", "0.4", "0.5", "1", "1", "1", "1.3")
ONE_DAY = timedelta(days=1)
