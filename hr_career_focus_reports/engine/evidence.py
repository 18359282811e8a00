"""What the readers of a year hold together: every row about it, and the truth (R9).

What is supported
    Releases of one year, quarters and the year itself, each with the register it was
    made of. Rows are joined to the groups that `structure` names.

How to use
    >>> from .sample import sixty_people, thirteen_starts
    >>> from .rounding import Figure
    >>> from dataclasses import make_dataclass
    >>> row = make_dataclass("Row", ["table", "code", "low", "high"])
    >>> rows = [row("company", "company", 11, 19), row("tree", "1", 1, 9)]
    >>> [
    ...     (len(claim.members), claim.period, claim.low, claim.high)
    ...     for claim in claims(sixty_people(), rows)
    ... ]
    [(60, 'year', 11, 19), (25, 'year', 1, 9)]
    >>> year = Published(sixty_people(), "year", rows)
    >>> evidence = gather([year], thirteen_starts())
    >>> len(evidence.people), len(evidence.statuses), len(evidence.claims)
    (60, 13, 2)

    A row about a group the register does not have is an error, never left out:

    >>> claims(sixty_people(), [row("tree", "99", 0, 4)])
    Traceback (most recent call last):
    ...
    LookupError: No group of this register has the row tree 99.

How it works
    Only quarters that have been published by now count: a start after the last one is
    not part of any truth yet that a row could tell about.

    A row whose range does not hold the present count is widened until it does. That
    happens when a case was erased or withdrawn, or registered late, after the row was
    published: the row stays as it is, and what it once counted can no longer be known.
    Refusing instead would never end, and would tell every reader that something was
    erased.

    When a reader may know the company's exact total, that reader is taken to know it on
    each day of publication: so of every period that has been published. It is counted
    on only once there are rows below the company: to whoever knows the total the
    company's own figure says nothing. A proof that fails there could change nothing,
    and its failing would tell all other readers how small the total is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from . import schedule, structure
from .certificate_data import Claim
from .parameters import AGREED, Parameters
from .register import Register


class Published(NamedTuple):
    """A release of the year: its register, its period, and the rows that appeared.

    rows
        Objects with `table` and `code`, and `low` and `high` on the row itself or on
        its `figure`.
    parameters
        Those the release was made with: they decide which groups there were.
    """

    register: Register
    period: str
    rows: Sequence
    parameters: Parameters = AGREED


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything `certify` and `check` need to judge a year."""

    people: frozenset[int]
    statuses: dict[int, str]
    claims: tuple[Claim, ...]
    total: int | None = None
    counts_total: bool = False


def claims(
    register: Register,
    release_or_rows,
    parameters: Parameters | None = None,
    period: str | None = None,
) -> tuple[Claim, ...]:
    """Return what published rows say about the people of `register`.

    :param release_or_rows: a release, or its rows.
    :param parameters: those the rows were made with; by default the release's own, or
        the agreed ones.
    :param period: the period of the rows; by default the release's own, or the year.
    :raises LookupError: when a row is about a group the register does not have.
    """
    rows = getattr(release_or_rows, "rows", release_or_rows)
    period = period or getattr(release_or_rows, "period", schedule.YEAR)
    if parameters is None:
        parameters = Parameters(**getattr(release_or_rows, "parameters", {}))
    return join(structure.offered(register, period, parameters), rows, period)


def join(groups: Iterable[structure.Group], rows: Iterable, period: str):
    """Return what rows say about the people of the groups they are about."""
    members = {(group.table, group.code): group.members for group in groups}
    result = []
    for row in rows:
        if (row.table, row.code) not in members:
            raise LookupError(
                f"No group of this register has the row {row.table} {row.code}."
            )
        figure = getattr(row, "figure", row)
        people = members[row.table, row.code]
        result.append(Claim(people, period, figure.low, figure.high))
    return tuple(result)


def quarter(day: date) -> str:
    """Return the quarter of a day.

    >>> [quarter(date(2026, month, 1)) for month in (1, 3, 4, 12)]
    ['q1', 'q1', 'q2', 'q4']
    """
    return schedule.QUARTERS[(day.month - 1) // 3]


def gather(
    published: Sequence[Published],
    starts: Mapping[int, date],
    exact_total: bool = False,
    known: Mapping[str, Sequence[structure.Group]] | None = None,
) -> Evidence:
    """Return what readers of these releases of one year hold together.

    :param starts: per person the first start of the year, as for `release.compute`.
    :param exact_total: whether a reader may know the company's exact total.
    :param known: the groups of a period, where they are at hand.
    :raises ValueError: when the releases are not about one year.
    """
    years = {one.register.year for one in published}
    if len(years) > 1:
        raise ValueError("These releases are not about one year.")
    periods = {one.period for one in published}
    people = frozenset().union(*(one.register.keys for one in published))
    statuses = _statuses(people, starts, years, periods)
    every = []
    for register, period, rows, parameters in published:
        groups = (known or {}).get(period)
        if groups is None:
            groups = structure.offered(register, period, parameters)
        every += join(groups, rows, period)
    started = Started(statuses)
    every = [started.widened(claim) for claim in every]
    below = {row.table for one in published for row in one.rows} - {structure.COMPANY}
    total = None
    counts_total = bool(exact_total and below)
    if counts_total:
        for register, period, _rows, _parameters in published:
            if period != schedule.YEAR:
                every.append(started.exactly(register.keys, period))
        total = len(statuses) if schedule.YEAR in periods else None
    every += _silent(published, periods)
    every = _of_those_at_work(every, published[-1:], statuses)
    return Evidence(people, statuses, tuple(every), total, counts_total)


def _silent(published, periods):
    """Return claims that say nothing, about quarters that were not published.

    Where some quarters are published and others are not, they tell who was at work in
    the others, so that nobody is given a start before the first day at work.
    """
    if schedule.YEAR not in periods or len(periods) == 1:
        return []
    people = published[-1].register.people
    return [
        Claim(frozenset(p.key for p in people if p.since <= one), one, 0, len(people))
        for one in schedule.QUARTERS
        if one not in periods
    ]


def _of_those_at_work(every, latest, statuses):
    """Yield claims, those about a quarter without people who had left by then.

    Such people are in the group, as everybody is who was employed in the year so far,
    but cannot have started in that quarter; and a reader knows that.

    :param latest: the release whose register says who left.
    """
    left = {
        one.key: one.until
        for published in latest
        for one in published.register.people
        if one.until != schedule.QUARTERS[-1]
    }
    for claim in every:
        if claim.period in schedule.QUARTERS:
            gone = {
                key
                for key, until in left.items()
                if until < claim.period and statuses.get(key) != claim.period
            }
            claim = replace(claim, members=claim.members - gone)
        yield claim


def _statuses(people, starts, years, periods):
    """Return the quarter of each start that a published period can tell about."""
    if schedule.YEAR in periods:
        over = set(schedule.QUARTERS)
    else:
        last = max(periods, default="")
        over = {one for one in schedule.QUARTERS if one <= last}
    return {
        key: quarter(day)
        for key, day in starts.items()
        if key in people and day.year in years and quarter(day) in over
    }


class Started:
    """Counts who started, per period.

    >>> started = Started(dict.fromkeys(range(5), "q1"))
    >>> people = frozenset(range(30))
    >>> present = started.widened(Claim(people, "year", 6, 14))
    >>> present.low, present.high
    (5, 14)
    >>> present = started.exactly(people, "q2")
    >>> present.low, present.high
    (0, 0)
    """

    def __init__(self, statuses: Mapping[int, str]):
        self._keys = {schedule.YEAR: frozenset(statuses)}
        for one in schedule.QUARTERS:
            self._keys[one] = frozenset(k for k, s in statuses.items() if s == one)

    def count(self, claim: Claim) -> int:
        """Return how many people a claim counts in truth."""
        return len(claim.members & self._keys[claim.period])

    def widened(self, claim: Claim) -> Claim:
        """Return a claim that holds the present count."""
        count = self.count(claim)
        if claim.low <= count <= claim.high:
            return claim
        return replace(claim, low=min(claim.low, count), high=max(claim.high, count))

    def exactly(self, people: frozenset[int], period: str) -> Claim:
        """Return the claim of a reader who knows how many of `people` there were."""
        claim = Claim(people, period, 0, 0)
        count = self.count(claim)
        return replace(claim, low=count, high=count)
