"""What the page on other rules shows."""

from dataclasses import dataclass, field, replace
from math import ceil, sqrt
from urllib.parse import urlencode

from odoo.tools import formatLang

from ..engine import structure, whatif
from ..engine.parameters import AGREED
from ..models.group_text import group_text
from . import sentences
from .uptake_shapes import Bar

#: Per field of the form the smallest and the largest answer that is tried.
LIMITS = {
    "minimum": (5, 100),
    "breakdown": (0, 100),
    "insiders": (0, 3),
    "percent": (1, 60),
    "draw": (0, 999),
}
BASES = (whatif.EXACT, 3, 5, 10)
#: People in a hundred who take part in a year, until somebody asks for another number.
USUAL_PERCENT = 8

#: Today's rules first; those that are tried, when they differ.
CODES = ("today", "tried")

#: Side of the square of one person in the drawing, with the gap behind it.
SQUARE, STEP = 8, 10


@dataclass(frozen=True)
class Question:
    """What was filled in, made possible: a number out of range becomes the nearest."""

    minimum: int
    base: int
    breakdown: int
    insiders: int
    exact_total: bool
    percent: int = USUAL_PERCENT
    draw: int = 0

    @classmethod
    def of(cls, rules, **values):
        """Return the question that asks for `rules` as they are."""
        return cls(
            rules.minimum,
            rules.base,
            rules.breakdown,
            rules.insiders,
            rules.exact_total,
            **values,
        )

    @classmethod
    def filled_in(cls, asked, rules):
        """Return the question in the address; what is missing comes from `rules`."""
        values = {}
        for name, (low, high) in LIMITS.items():
            try:
                values[name] = min(high, max(low, int(asked[name])))
            except (KeyError, ValueError):
                continue
        if asked.get("base") in map(str, BASES):
            values["base"] = int(asked["base"])
        if asked:  # a box that is not ticked is not in the address
            values["exact_total"] = asked.get("exact_total") == "1"
        return replace(cls.of(rules), **values)

    def address(self, **changes):
        """Return the question for the end of an address."""
        values = vars(replace(self, **changes))
        return "?" + urlencode({name: int(value) for name, value in values.items()})

    def rules(self, rules):
        """Return `rules` with what is asked in its place."""
        return replace(
            rules,
            minimum=self.minimum,
            base=self.base,
            breakdown=self.breakdown,
            insiders=self.insiders,
            exact_total=self.exact_total,
        )


@dataclass
class Knowing:
    """How many people somebody finds out who knows some participants."""

    who: str
    years: list[int]

    @property
    def worst(self):
        """Return the number of the worst year."""
        return max(self.years)


@dataclass
class Side:
    """One set of rules and what it does."""

    code: str
    title: str
    rules: list[str]
    rows: int
    knowing: list[Knowing]
    worst: int
    stopped: int
    safe: str
    exposed: str
    width: int
    height: int


@dataclass
class Cell:
    """A published row under one set of rules."""

    people: str
    people_range: str
    bar: Bar


@dataclass
class TriedLine:
    """A group of the invented organisation under each set of rules."""

    label: str
    depth: int
    headcount: int
    truth: int
    truth_at: float
    cells: list[Cell | None]


@dataclass
class TriedTable:
    """Rows under one heading."""

    title: str
    lines: list[TriedLine]


@dataclass
class WhatIfView:
    """Everything the page shows."""

    name: str
    company_id: int
    question: Question
    people: str
    invented_people: str
    is_smaller: bool
    taking_part: int = 0
    years: int = whatif.YEARS
    sides: list[Side] = field(default_factory=list)
    tables: list[TriedTable] = field(default_factory=list)
    examples: list[tuple[str, str, bool]] = field(default_factory=list)
    limits: dict = field(default_factory=lambda: LIMITS)
    bases: list[tuple[int, str]] = field(default_factory=list)
    insiders: list[tuple[int, str]] = field(default_factory=list)


class WhatIfPage:
    """Builds the page of one company.

    :param env: environment in the reader's language.
    :param company: the company, as superuser.
    """

    def __init__(self, env, company):
        self.env = env
        self.company = company
        self.rules = AGREED.stricter(
            company.career_min_group, company.career_exact_total
        )

    def view(self, question):
        """Return what to show."""
        whole = self.env["hr.career.whatif"].sudo()._shape(self.company)
        shape = whole.smaller(
            whatif.EXACT_LIMIT if question.base == whatif.EXACT else whatif.LIMIT
        )
        view = WhatIfView(
            self.company.name,
            self.company.id,
            question,
            self._number(whole.people),
            self._number(shape.people),
            shape is not whole,
            examples=self._examples(question),
            bases=[(base, self._rounding(base)) for base in BASES],
            insiders=[(known, self._who(known)) for known in range(4)],
        )
        if shape.people < LIMITS["minimum"][0]:
            return view
        mine = question.rules(self.rules)
        known = tuple(range(1 + max(2, mine.insiders, self.rules.insiders)))
        outcomes = [
            whatif.tried(
                shape, rules, percent=question.percent, seed=question.draw, known=known
            )
            for rules in dict.fromkeys((self.rules, mine))
        ]
        view.taking_part = outcomes[0].years[0].taking_part
        titles = (self.env._("Today's rules"), self.env._("The rules you try"))
        view.sides = [
            self._side(code, title, outcome, known)
            for code, title, outcome in zip(CODES, titles, outcomes, strict=False)
        ]
        view.tables = self._tables([outcome.years[0].rows for outcome in outcomes])
        return view

    def _side(self, code, title, outcome, known):
        """Return what one set of rules does."""
        most = known[-1]
        year = max(outcome.years, key=lambda year: len(year.exposed[most]))
        safe, exposed, width, height = _drawing(outcome.people, year.exposed[most])
        return Side(
            code,
            title,
            self._in_words(outcome.parameters),
            len(outcome.years[0].rows),
            [
                Knowing(
                    self._who(number),
                    [len(year.exposed[number]) for year in outcome.years],
                )
                for number in known
            ],
            outcome.worst(most),
            outcome.stopped,
            safe,
            exposed,
            width,
            height,
        )

    def _tables(self, sides):
        """Return every group of any side, with its row under each set of rules."""
        scale = self._scale([row for rows in sides for row in rows])
        by_side = [{_place(row): row for row in rows} for rows in sides]
        lines = {}
        for place in _merged([list(rows) for rows in by_side]):
            rows = [rows.get(place) for rows in by_side]
            table = place[0].replace(structure.COMPANY, structure.TREE)
            lines.setdefault(table, []).append(self._line(rows, scale))
        return [
            TriedTable(sentences.trait(self.env, table), lines[table])
            for table in structure.TABLES
            if table in lines
        ]

    def _line(self, rows, scale):
        row = next(row for row in rows if row)
        return TriedLine(
            self._label(row),
            row.depth,
            row.headcount,
            row.truth,
            round(min(100, 10**4 * row.truth / row.headcount / scale), 2),
            [one and self._cell(one, scale) for one in rows],
        )

    def _cell(self, row, scale):
        if row.figure.low == row.figure.high:
            people, people_range = self.env._("exactly %s", row.figure.low), ""
        else:
            people = sentences.people(self.env, row.figure)
            people_range = sentences.people_range(self.env, row.figure)
        return Cell(people, people_range, Bar.of(row.figure, row.headcount, scale))

    def _scale(self, rows):
        """Return where the bars end, in whole percents."""
        largest = max(
            100
            * (1.5 * row.figure.low if row.figure.top else row.figure.high)
            / row.headcount
            for row in rows
        )
        return next(
            (step for step in (5, 10, 20, 30, 40, 60, 80) if largest <= step), 100
        )

    def _label(self, row):
        if row.table == structure.TREE and row.label != structure.OTHER_UNITS:
            return self.env._("Unit %s", row.label)
        return group_text(self.env, row.table, row.code, row.label)

    def _in_words(self, rules):
        """Return a set of rules as short phrases."""
        words = [
            self.env._("Groups of %s people and more", rules.minimum),
            self._rounding(rules.base),
            self.env._("Breakdown from a company figure of %s", rules.breakdown),
            self._proof(rules.insiders),
        ]
        if rules.exact_total:
            words.append(self.env._("Somebody knows the exact company total"))
        return words

    def _rounding(self, base):
        if base == whatif.EXACT:
            return self.env._("Exact counts")
        return self.env._("Multiples of %s", base)

    def _who(self, known):
        """Return what somebody knows beforehand."""
        return (
            self.env._("no participant"),
            self.env._("1 participant"),
            self.env._("2 participants"),
            self.env._("3 participants"),
        )[known]

    def _proof(self, known):
        return (
            self.env._("Proof against somebody who knows no participant"),
            self.env._("Proof against somebody who knows 1 participant"),
            self.env._("Proof against somebody who knows 2 participants"),
            self.env._("Proof against somebody who knows 3 participants"),
        )[known]

    def _examples(self, question):
        """Return sets of rules to begin with: name, address, whether it is this one."""
        today = Question.of(self.rules, percent=question.percent, draw=question.draw)
        return [
            (name, one.address(), one == question)
            for name, one in (
                (self.env._("Today's rules"), today),
                (self.env._("Exact counts"), replace(today, base=whatif.EXACT)),
                (
                    self.env._("Exact counts of small teams"),
                    replace(today, base=whatif.EXACT, minimum=5, breakdown=0),
                ),
                (self.env._("Round to 3"), replace(today, base=3)),
                (self.env._("Stricter"), replace(today, base=10, minimum=50)),
            )
        ]

    def _number(self, number):
        return formatLang(self.env, number, digits=0)


def _place(row):
    """Return what makes two rows of one invented year rows about the same people.

    "Other units" of a unit are other people when another minimum keeps other units.
    """
    return row.table, row.code, row.members


def _merged(orders):
    """Return the keys of several orders as one, keeping each where it stood."""
    merged = list(orders[0])
    for order in orders[1:]:
        at = 0
        for key in order:
            if key in merged:
                at = max(at, merged.index(key) + 1)
            else:
                merged.insert(at, key)
                at += 1
    return merged


def _drawing(people, exposed):
    """Return a square for each person as two paths (safe, exposed), and their size."""
    columns = max(1, ceil(sqrt(2.5 * people)))
    paths = {False: [], True: []}
    for key in range(people):
        x, y = STEP * (key % columns), STEP * (key // columns)
        paths[key in exposed].append(f"M{x} {y}h{SQUARE}v{SQUARE}h-{SQUARE}z")
    rows = -(-people // columns)
    return "".join(paths[False]), "".join(paths[True]), STEP * columns, STEP * rows
