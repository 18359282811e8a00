"""The published rows of one company and year, with their words.

What is supported
    Everything a release of the year says: the row of the company, the parts of the
    organisation, the traits, the quarters, and the same groups in earlier years.

How to use
    ``YearFigures(env, company, year)`` as superuser, after the reader's role is known.
    False when nothing was published about that year.

How it works
    Published rows are read and put into words; nothing is counted, and nothing depends
    on the reader but the language. So a document about a year that is over is the same
    for everybody and at any time.
"""

from dataclasses import dataclass, field
from functools import cached_property

from ..controllers import sentences
from ..engine import schedule, shares, structure

#: Years in a trend, the year of the document included.
YEARS = 6
#: How far below the company a group has a trend on paper.
TREND_DEPTH = 1
SCALES = (5, 10, 20, 30, 40, 60, 80, 100)


@dataclass(frozen=True)
class Line:
    """One published row and what may be said of it."""

    year: int
    period: str
    period_label: str
    table: str
    title: str
    code: str
    label: str
    part_of: str
    depth: int
    headcount: int
    figure: object
    people: str
    people_range: str
    share: str
    verdict_code: str
    verdict: str

    @property
    def moment(self):
        """The year of the row, or its quarter."""
        return str(self.year) if self.period == schedule.YEAR else self.period_label

    @property
    def percents(self):
        """The share of the group, with its range; None where nothing is said."""
        return shares.share(self.figure, self.headcount)


@dataclass(frozen=True)
class Trend:
    """A group that has figures of more than one year, oldest first."""

    label: str
    lines: list[Line] = field(default_factory=list)
    together: str = ""


def scale(lines):
    """Return where bars end that show these rows on one scale, in whole percents."""
    ends = [
        (1.5 * line.figure.low if line.figure.top else line.figure.high)
        * 100
        / line.headcount
        for line in lines
    ]
    largest = max(ends, default=0)
    return next((step for step in SCALES if largest <= step), SCALES[-1])


class YearFigures:
    """What was published about one company and year.

    :param env: environment in the language of the document.
    :param company: the company, as superuser.
    """

    def __init__(self, env, company, year):
        self.env = env
        self.company = company
        self.year = year
        self.releases = (
            env["hr.career.release"]
            .sudo()
            .search([("company_id", "=", company.id)], order="year, id")
        )
        self.of_year = self.releases.filtered(lambda one: one.year == year)
        self.yearly = self.of_year.filtered(lambda one: one.period == schedule.YEAR)
        self.quarterly = self.of_year - self.yearly
        self._periods = dict(self.releases._selection_period())

    def __bool__(self):
        return bool(self.of_year)

    @cached_property
    def lines(self):
        """The rows of the year, company first."""
        return self._lines(self.yearly)

    @cached_property
    def quarters(self):
        """The rows of the quarters, in order."""
        return [
            line
            for release in self.quarterly.sorted("period")
            for line in self._lines(release)
        ]

    @property
    def whole(self):
        """The row of the company in the year, or nothing."""
        return self.lines[0] if self.lines else None

    @property
    def tables(self):
        """The rows below the company: (code, title, lines) in the fixed order."""
        for code in structure.TABLES[1:]:
            lines = [line for line in self.lines if line.table == code]
            if lines:
                yield code, lines[0].title, lines

    @property
    def traits(self):
        """The tables that are not about the organisation."""
        return [table for table in self.tables if table[0] != structure.TREE]

    def reached(self, verdict_code):
        """Name the groups by trait that are clearly below, or above, the company."""
        return [
            line.label
            for _code, _title, lines in self.traits
            for line in lines
            if line.verdict_code == verdict_code
        ]

    @cached_property
    def trends(self):
        """Groups with figures of more than one year: company, its parts, traits."""
        earlier = self.releases.filtered(
            lambda one: one.period == schedule.YEAR and one.year < self.year
        )[1 - YEARS :]
        before = {}
        for release in earlier:
            for line in self._lines(release, TREND_DEPTH):
                before.setdefault((line.table, line.code), []).append(line)
        trends = []
        for line in self.lines:
            past = before.get((line.table, line.code))
            if past and line.depth <= TREND_DEPTH:
                lines = [*past, line]
                together = sentences.together(self.env, [one.figure for one in lines])
                trends.append(Trend(line.label, lines, together))
        return trends

    def why_no_parts(self):
        """Why there are no rows below the company, or nothing when there are."""
        if not self.yearly:
            return ""
        return sentences.no_breakdown(
            self.env, self.yearly, self.yearly.parameters["minimum"]
        )

    def _lines(self, release, deepest=None):
        whole = release.cell_ids[:1]
        names = {cell.unit: cell.label for cell in release.cell_ids if cell.unit}
        return [
            self._line(release, cell, whole, names)
            for cell in release.cell_ids
            if deepest is None or cell.depth <= deepest
        ]

    def _line(self, release, cell, whole, names):
        figure = cell._figure()
        compared = cell.table != structure.COMPANY
        verdict = ""
        if compared:
            company = (whole._figure(), whole.headcount)
            verdict = shares.verdict((figure, cell.headcount), company)
        return Line(
            year=release.year,
            period=release.period,
            period_label=self._periods[release.period],
            table=cell.table,
            title=sentences.trait(self.env, cell.table) if compared else "",
            code=cell.code,
            label=cell.group_text,
            part_of=names.get(cell.parent, "") if cell.parent else "",
            depth=cell.depth,
            headcount=cell.headcount,
            figure=figure,
            people=sentences.people(self.env, figure),
            people_range=sentences.people_range(self.env, figure),
            share=sentences.share(self.env, figure, cell.headcount),
            verdict_code=verdict,
            verdict=sentences.verdict(self.env, verdict) if verdict else "",
        )
