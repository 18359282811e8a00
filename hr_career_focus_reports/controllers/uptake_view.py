"""What the uptake page shows, built from published rows alone.

Nothing here knows a true count, and nothing is computed per viewer except which of the
published rows are shown.
"""

from dataclasses import dataclass, field

from odoo import fields

from ..engine import schedule, shares, structure
from ..engine.parameters import AGREED
from . import sentences

#: Share of the Flemish working population that had used career guidance with a public
#: voucher, cumulative since 2013. Source: Ascento / HR Square; the article carries no
#: date, the count fits the end of 2017.
BENCHMARK_PERCENT = 2.3
BENCHMARK_YEAR = 2017

YEARS_IN_TREND = 6


@dataclass
class Bar:
    """Positions of a range on the scale of its chart, in percents of its width."""

    start: float
    width: float
    mark: float | None
    is_open: bool

    @classmethod
    def of(cls, figure, headcount, scale):
        """Place `figure` on a scale that ends at `scale` percent."""

        def position(count):
            return min(100.0, 100.0 * 100 * count / headcount / scale)

        start, end = position(figure.low), position(figure.high)
        mark = None if figure.top or not figure.shown else position(figure.shown)
        return cls(
            round(start, 2),
            round(max(end - start, 0.6), 2),
            None if mark is None else round(mark, 2),
            figure.top,
        )


@dataclass
class Line:
    """One published row as it is shown."""

    label: str
    depth: int
    headcount: int
    people: str
    people_range: str
    share: str
    bar: Bar
    verdict: str = ""
    verdict_code: str = ""


@dataclass
class Table:
    """Rows under one heading."""

    code: str
    title: str
    lines: list[Line]
    note: str = ""


@dataclass
class CompanyView:
    """Everything the page shows about one company."""

    name: str
    everything: bool = False
    next_day: str = ""
    year: int | None = None
    published_on: str = ""
    digest: str = ""
    whole: Line | None = None
    tables: list[Table] = field(default_factory=list)
    quarters: Table | None = None
    trends: list[Table] = field(default_factory=list)
    less_reached: list[str] = field(default_factory=list)
    more_reached: list[str] = field(default_factory=list)
    without_row: list[str] = field(default_factory=list)
    no_breakdown: str = ""
    minimum: int = AGREED.minimum
    breakdown: int = AGREED.breakdown
    quarter_minimum: int = AGREED.quarter_minimum
    scale: int = 10
    benchmark: float = BENCHMARK_PERCENT


class UptakePage:
    """Builds the view of one company for one reader.

    :param env: environment in the reader's language.
    :param company: the company, as superuser.
    :param departments: departments the reader manages there, as superuser.
    :param everything: whether the reader sees all published rows.
    """

    def __init__(self, env, company, departments, everything):
        self.env = env
        self.company = company
        self.departments = departments
        self.everything = everything
        self.releases = (
            env["hr.career.release"]
            .sudo()
            .search([("company_id", "=", company.id)], order="year desc, id desc")
        )
        self.yearly = self.releases.filtered(
            lambda release: release.period == schedule.YEAR
        )[:YEARS_IN_TREND]

    def view(self):
        """Return what to show."""
        view = CompanyView(
            self.company.name, self.everything, next_day=self._next_day()
        )
        view.minimum = max(self.company.career_min_group, AGREED.minimum)
        latest = self.yearly[:1]
        if latest:
            self._fill(view, latest)
        return view

    def _fill(self, view, release):
        view.year = release.year
        view.published_on = sentences.day(self.env, release.published_on)
        view.digest = release.digest
        view.minimum = release.parameters["minimum"]
        view.quarter_minimum = release.parameters["quarter_minimum"]
        view.no_breakdown = sentences.no_breakdown(self.env, release, view.minimum)
        quarterly, quarters_year = self._quarterly()
        shown = release.cell_ids if self.everything else self._own_cells(release)
        view.scale = self._scale(
            [*shown, *quarterly.cell_ids, *self._trend_cells(shown)]
        )
        whole = release.cell_ids[:1]
        if not whole:
            return
        view.whole = self._line(whole, view.scale)
        for code in structure.TABLES[1:]:
            cells = [cell for cell in shown if cell.table == code]
            if cells:
                view.tables.append(self._table(code, cells, whole, view.scale))
        self._name_reach(view)
        self._name_units_without_row(view, shown)
        if quarterly:
            view.quarters = Table(
                "quarters",
                self.env._("By quarter, %s", quarters_year),
                [
                    self._line(cell, view.scale, label=self._period_label(one))
                    for one in quarterly
                    for cell in one.cell_ids
                ],
            )
        view.trends = self._trends(shown, view.scale)

    def _own_cells(self, release):
        """Return the company row and the rows in the reader's part of the tree."""
        own = set(self.departments.ids)
        cells = []
        for cell in release.cell_ids:
            if cell.table == structure.COMPANY:
                cells.append(cell)
            elif cell.table == structure.TREE and (
                cell.unit in own or cell.parent in own
            ):
                cells.append(cell)
                if cell.unit:
                    own.add(cell.unit)
        return cells

    def _table(self, code, cells, whole, scale):
        top = min(cell.depth for cell in cells)
        company = (whole._figure(), whole.headcount)
        lines = []
        for cell in cells:
            line = self._line(cell, scale)
            line.depth = cell.depth - top
            line.verdict_code = shares.verdict(
                (cell._figure(), cell.headcount), company
            )
            line.verdict = sentences.verdict(self.env, line.verdict_code)
            lines.append(line)
        return Table(code, sentences.trait(self.env, code), lines)

    def _line(self, cell, scale, label=None):
        figure = cell._figure()
        return Line(
            label=label or cell.group_text,
            depth=0,
            headcount=cell.headcount,
            people=sentences.people(self.env, figure),
            people_range=sentences.people_range(self.env, figure),
            share=sentences.share(self.env, figure, cell.headcount),
            bar=Bar.of(figure, cell.headcount, scale),
        )

    def _scale(self, cells):
        """Return where the bars end, in whole percents; one scale for the page."""
        ends = [2 * BENCHMARK_PERCENT]
        for cell in cells:
            end = 1.5 * cell.low if cell.top else cell.high
            ends.append(100 * end / cell.headcount)
        largest = max(ends)
        return next(
            step for step in (5, 10, 20, 30, 40, 60, 80, 100) if largest <= step
        )

    def _name_reach(self, view):
        """Name the groups that are clearly reached less, or more, than the company."""
        for table in view.tables:
            if table.code == structure.TREE:
                continue
            for line in table.lines:
                if line.verdict_code == shares.BELOW:
                    view.less_reached.append(line.label)
                elif line.verdict_code == shares.ABOVE:
                    view.more_reached.append(line.label)

    def _name_units_without_row(self, view, shown):
        """Name the reader's departments that have no row of their own."""
        units = {cell.unit for cell in shown if cell.unit}
        view.without_row = [
            department.name
            for department in self.departments
            if department.id not in units
        ]

    def _quarterly(self):
        """Return the quarters of the last year that has any, in order, and the year."""
        quarters = self.releases.filtered(
            lambda release: release.period in schedule.QUARTERS
        )
        year = quarters[:1].year or None
        quarters = quarters.filtered(lambda release: release.year == year)
        return quarters.sorted("period"), year

    def _period_label(self, release):
        return dict(release._selection_period())[release.period]

    def _trend_cells(self, shown):
        """Return the earlier rows of the units and the company that are shown."""
        codes = {
            (cell.table, cell.code)
            for cell in shown
            if cell.table in (structure.COMPANY, structure.TREE)
        }
        return [
            cell
            for release in self.yearly[1:]
            for cell in release.cell_ids
            if (cell.table, cell.code) in codes
        ]

    def _trends(self, shown, scale):
        """Return one table per group that has figures of more than one year."""
        earlier = {}
        for cell in self._trend_cells(shown):
            earlier.setdefault((cell.table, cell.code), []).append(cell)
        trends = []
        for cell in shown:
            before = earlier.get((cell.table, cell.code))
            if not before:
                continue
            cells = [*reversed(before), cell]
            trends.append(
                Table(
                    "trend",
                    self._full_name(cell, shown),
                    [
                        self._line(one, scale, label=str(one.release_id.year))
                        for one in cells
                    ],
                    sentences.together(self.env, [one._figure() for one in cells]),
                )
            )
        return trends

    def _full_name(self, cell, shown):
        """Return the name of a group that stands apart from its table."""
        above = [one.label for one in shown if one.unit and one.unit == cell.parent]
        if cell.table == structure.TREE and not cell.unit and above:
            return self.env._("%s, other units", above[0])
        return cell.group_text

    def _next_day(self):
        """Return the next day on which figures appear, or nothing while closed."""
        job = self.env["hr.career.release.job"].sudo()
        if not self.company.filtered_domain(job._publishing_domain()):
            return ""
        quarters = self.company._career_staff_count() >= AGREED.quarter_minimum
        today = fields.Date.context_today(self.company)
        return sentences.day(self.env, schedule.next_day(today, quarters))
