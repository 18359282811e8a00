"""What internal-mobility budgets were used for, in figures that name nobody (R13).

What is supported
    Per closed year: how many people each budget helped, by kind of help, rounded like
    every other figure, and an amount that follows from that figure and the price list.
    A forecast from earlier years. What other budgets would have paid for.

How to use
    >>> from datetime import date
    >>> everybody, office = frozenset(range(60)), frozenset(range(12, 37))
    >>> hall = frozenset(range(12))
    >>> pots = (
    ...     Pot(1, "Moving on", (
    ...         Line("training", 1500, everybody - office - hall, LEARNING),
    ...         Line("relocation", 4000, everybody),
    ...     )),
    ...     Pot(2, "Hall", (Line("training", 1500, hall, LEARNING),)),
    ...     Pot(3, "Office", (Line("training", 900, office, LEARNING),)),
    ... )
    >>> helped = {
    ...     (1, "training"): frozenset(range(12)), (1, "relocation"): frozenset({1}),
    ...     (3, "training"): frozenset({40, 41, 42}),
    ... }
    >>> options = {
    ...     "company": 1, "year": 2026, "published_on": date(2027, 1, 15),
    ...     "secret": b"for the example only", "currency": "EUR",
    ... }
    >>> release = compute(60, pots, helped, **options)
    >>> release.state
    'full'
    >>> for row in release.rows:
    ...     low, high = row.figure.low, row.figure.high
    ...     print(row.label, row.kind, row.headcount, low, high, row.amount)
    All budgets  60 11 19 None
    Moving on  60 6 14 None
    Moving on training 23 6 23 None
    Moving on relocation 60 0 4 None
    Other budgets  37 1 9 None

    Who has a budget of the own division for something is helped from that one: so the
    training of the company's budget is for the 23 others. Twelve people stand behind
    the budget of the hall: too few for a row. Alone in "other budgets" they would be
    too few as well, so the smallest other one joins them.

    A budget that only pays for training has one number, and so one draw:

    >>> trained = {(3, "training"): frozenset(range(13))}
    >>> one_kind = compute(60, pots[2:], trained, **options)
    >>> [(row.label, row.figure.shown) for row in one_kind.rows]
    [('All budgets', 15), ('Office', 10)]

    With fewer than ten in the figure of all budgets there is no more than that figure:

    >>> few = compute(60, pots, {(1, "training"): frozenset({7})}, **options)
    >>> few.state, len(few.rows)
    ('company', 1)

How it works
    Which rows there are follows from the people a budget is for, and from nothing that
    was paid. Somebody counts once in each row, however much help there was, so that
    what one person adds to a figure is one. Each count gets its own draw
    (:mod:`.rounding`). An amount is the figure that is shown times the price on the
    list: who divides one by the other gets the figure back and learns nothing. A figure
    that only says "0-4" or "or more" has no amount. What was really paid is in nobody's
    figures but the bookkeeper's, as one sum for the company.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from math import ceil

from . import rounding, shares
from .parameters import AGREED, Parameters
from .release import COMPANY_ONLY, FULL, NO_PREVIOUS, NOTHING, fingerprint
from .rounding import Figure

RECRUITMENT = "recruitment"
LEARNING = "learning"
NEITHER = "neither"
STOOLS = (RECRUITMENT, LEARNING, NEITHER)

#: Number of the row of all budgets, and of the budgets that share one row.
ALL, OTHER = 0, -1
#: Number of the budget of the company itself; a division has its own number.
WHOLE_COMPANY = -2
ALL_BUDGETS = "All budgets"
OTHER_BUDGETS = "Other budgets"
#: Amounts are whole multiples of this, in the currency of the budgets.
STEP = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A kind of help in a budget.

    price
        The public list price of one, in whole units of the currency; 0 when there is
        none.
    people
        Those it is for: not those who have a budget of their own division for it.
    otherwise
        Which budget would have paid for it: one of `STOOLS`.
    """

    kind: str
    price: int
    people: frozenset[int]
    otherwise: str = NEITHER


@dataclass(frozen=True, slots=True)
class Pot:
    """The budgets of one division or of the company: number, name and lines."""

    number: int
    label: str
    lines: tuple[Line, ...]

    @property
    def people(self) -> frozenset[int]:
        """Those for whom there is any line."""
        return frozenset().union(*(line.people for line in self.lines))


@dataclass(frozen=True, slots=True)
class Row:
    """A published row. ``kind`` is empty in the row of a budget as a whole."""

    budget: int
    label: str
    kind: str
    headcount: int
    price: int
    otherwise: str
    figure: Figure
    amount: int | None

    def content(self) -> dict:
        """Return the row as it enters the fingerprint."""
        values = asdict(self)
        return values | values.pop("figure")


@dataclass(frozen=True, slots=True)
class Spending:
    """The frozen figures of the budgets of one company and year."""

    company: int
    year: int
    published_on: date
    state: str
    currency: str
    parameters: dict
    previous: str
    rows: tuple[Row, ...]

    def content(self) -> dict:
        """Return everything the fingerprint covers, in plain values."""
        return {
            "company": self.company,
            "year": self.year,
            "published_on": self.published_on.isoformat(),
            "state": self.state,
            "currency": self.currency,
            "parameters": self.parameters,
            "previous": self.previous,
            "rows": [row.content() for row in self.rows],
        }

    def fingerprint(self) -> str:
        """Return the SHA-256 of the content."""
        return fingerprint(self.content())


def compute(
    headcount: int,
    pots: Sequence[Pot],
    helped: Mapping[tuple[int, str], frozenset],
    *,
    company: int,
    year: int,
    published_on: date,
    secret: bytes,
    currency: str,
    parameters: Parameters = AGREED,
    previous: str = NO_PREVIOUS,
    rights: Row | None = None,
) -> Spending:
    """Return the figures of a closed year.

    :param headcount: people on the register of the company in that year.
    :param helped: marks of those for whom something was paid, by budget and kind; one
        mark is one person wherever it is.
    :param secret: the key of the draws; one per database.
    :param previous: fingerprint of the figures of the year before.
    :param rights: the row of the rights by collective agreement. It is made of the
        uptake that was published, so it is shown whatever the budgets paid.
    """
    prefix = f"{company}|{year}|spending"
    rows = _rows(headcount, pots, helped, prefix, secret, parameters)
    state = FULL
    if not rows:
        state = NOTHING
    elif rows[0].figure.shown < parameters.breakdown or len(rows) == 1:
        rows, state = rows[:1], COMPANY_ONLY
    if rows and rights:
        rows.append(rights)
    return Spending(
        company=company,
        year=year,
        published_on=published_on,
        state=state,
        currency=currency,
        parameters=parameters.as_dict(),
        previous=previous,
        rows=tuple(rows),
    )


def kept(pots: Sequence[Pot], minimum: int) -> tuple[list[Pot], list[Pot]]:
    """Split budgets into those with a row of their own and those that share one.

    Decided by the people a budget is for, never by what it paid.

    >>> sizes = {"A": 60, "B": 25, "C": 12}
    >>> pots = [
    ...     Pot(number, name, (Line("training", 0, frozenset(range(size))),))
    ...     for number, (name, size) in enumerate(sizes.items(), start=1)
    ... ]
    >>> [[pot.label for pot in part] for part in kept(pots, 20)]
    [['A'], ['B', 'C']]
    >>> [[pot.label for pot in part] for part in kept(pots, 10)]
    [['A', 'B', 'C'], []]
    """
    own = sorted(
        (pot for pot in pots if len(pot.people) >= minimum),
        key=lambda pot: (-len(pot.people), pot.number),
    )
    shared = [pot for pot in pots if len(pot.people) < minimum]
    if shared and len(_everybody(shared)) < minimum:
        shared = [*own[-1:], *shared]
        own = own[:-1]
    return sorted(own, key=lambda pot: pot.number), shared


def _everybody(pots):
    return frozenset().union(*(pot.people for pot in pots))


def _rows(headcount, pots, helped, prefix, secret, parameters):
    """Return the rows of all budgets, of each, and of each kind in it."""
    if headcount < parameters.minimum or not pots:
        return []
    tickets = {}

    def figure(part, kinds, name, people):
        """Count and draw; two rows about the very same lines share one draw."""
        counted = frozenset(
            (pot.number, line.kind)
            for pot in part
            for line in pot.lines
            if line.kind in kinds
        )
        if counted not in tickets:
            tickets[counted] = rounding.draw(secret, f"{prefix}|{name}")
        marks = frozenset().union(*(helped.get(one, frozenset()) for one in counted))
        return rounding.figure(len(marks), people, tickets[counted], parameters.base)

    def add(number, label, part):
        """Add the row of the budgets in ``part``, and of each kind they pay for."""
        people = len(_everybody(part))
        below = []
        for line in _lines(part, people, parameters.minimum):
            size = len(line.people)
            one = figure(part, {line.kind}, f"{number}|{line.kind}", size)
            below.append(
                Row(
                    number,
                    label,
                    line.kind,
                    size,
                    line.price,
                    line.otherwise,
                    one,
                    amount(one, line.price),
                )
            )
        kinds = {line.kind for pot in part for line in pot.lines}
        whole = figure(part, kinds, str(number), people)
        paid = [row.amount for row in below if row.amount is not None]
        total = sum(paid) if paid else None
        rows.append(Row(number, label, "", people, 0, "", whole, total))
        rows.extend(below)

    kinds = {line.kind for pot in pots for line in pot.lines}
    everything = figure(pots, kinds, "all", headcount)
    rows = [Row(ALL, ALL_BUDGETS, "", headcount, 0, "", everything, None)]
    if headcount < 2 * parameters.minimum:
        return rows
    own, shared = kept(pots, parameters.minimum)
    for pot in own:
        add(pot.number, pot.label, [pot])
    if shared and (own or len(shared) < len(pots)):
        add(OTHER, OTHER_BUDGETS, shared)
    return rows


def _lines(pots, people, minimum):
    """Return the kinds of ``pots`` that are shown apart: all of them, or none.

    All are for enough people, and all together for twice as many. Where terms differ
    there is no price.

    >>> staff = frozenset(range(40))
    >>> a = Pot(1, "A", (Line("training", 900, staff, LEARNING),))
    >>> b = Pot(2, "B", (Line("training", 1500, staff, LEARNING),))
    >>> _lines([a, b], 40, 20) == [Line("training", 0, staff, LEARNING)]
    True
    >>> _lines([a], 40, 41)
    []
    """
    found = {}
    for pot in pots:
        for line in pot.lines:
            known = found.setdefault(line.kind, line)
            found[line.kind] = Line(
                line.kind,
                line.price if line.price == known.price else 0,
                known.people | line.people,
                line.otherwise if line.otherwise == known.otherwise else "",
            )
    enough = all(len(line.people) >= minimum for line in found.values())
    return list(found.values()) if enough and people >= 2 * minimum else []


def amount(figure: Figure, price: int) -> int | None:
    """Return what a figure comes to on the price list, or nothing.

    >>> amount(Figure(10, 6, 14, False), 1549)
    15500
    >>> amount(Figure(0, 0, 4, False), 1500), amount(Figure(10, 6, 24, True), 1500)
    (None, None)
    """
    if figure.top or not figure.shown or not price:
        return None
    return (2 * figure.shown * price + STEP) // (2 * STEP) * STEP


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a year may come to, in the currency of the budgets, and from how many."""

    low: int
    centre: int
    high: int
    years: int


def forecast(history: Sequence[Figure], price: int, base: int = 5) -> Forecast | None:
    """Return what a next year may cost, from published figures of earlier years.

    :param history: figures of the same row, one per year; two or more are needed. One
        that only says "or more" gives no forecast, and neither do "0-4" alone.

    >>> years = [Figure(10, 6, 14, False), Figure(15, 11, 19, False)]
    >>> forecast(years, 1500)
    Forecast(low=14200, centre=18800, high=23300, years=2)
    >>> forecast(years[:1], 1500), forecast([*years, Figure(20, 16, 40, True)], 1500)
    (None, None)
    """
    if len(history) < 2 or not price or any(figure.top for figure in history):
        return None
    total, margin = shares.over_years([figure.shown for figure in history], base)
    if not total:
        return None
    years = len(history)

    def cost(people, up=False):
        value = people * price / years / STEP
        return (ceil(value) if up else int(value)) * STEP

    return Forecast(
        cost(max(0, total - margin)),
        (2 * total * price + years * STEP) // (2 * years * STEP) * STEP,
        cost(total + margin, up=True),
        years,
    )


def stools(rows: Sequence[Row]) -> dict[str, int]:
    """Return what other budgets would have paid for, from published amounts.

    >>> one = Figure(10, 6, 14, False)
    >>> rows = [
    ...     Row(1, "A", "", 60, 0, "", one, 55000),
    ...     Row(1, "A", "training", 60, 1500, LEARNING, one, 15000),
    ...     Row(1, "A", "relocation", 60, 4000, NEITHER, one, 40000),
    ... ]
    >>> stools(rows)
    {'recruitment': 0, 'learning': 15000, 'neither': 40000}
    """
    return {
        stool: sum(row.amount for row in rows if row.otherwise == stool and row.amount)
        for stool in STOOLS
    }
