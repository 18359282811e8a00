"""What the uptake page shows, built from published rows alone.

Nothing here knows a true count, and nothing is computed per viewer except which of the
published rows are shown.
"""

from dataclasses import replace

from odoo import fields

from ..engine import schedule, shares, structure
from ..engine.parameters import AGREED
from . import sentences
from .reach import TRAITS, reach
from .rules_text import in_force, rules
from .uptake_shapes import Bar, CompanyView, Example, Line, Proof, Table, Trends

#: Share of the Flemish working population that had used career guidance with a public
#: voucher, cumulative since 2013. Source: Ascento / HR Square; the article carries no
#: date, the count fits the end of 2017.
BENCHMARK_PERCENT = 2.3
BENCHMARK_YEAR = 2017

COMPANY = structure.COMPANY

YEARS_IN_TREND = 6
#: Levels of the organisation that are drawn over the years.
LEVELS_IN_TREND = 2
#: A tree with more rows is opened branch by branch.
ROWS_AT_ONCE = 40


class UptakePage:
    """Builds the view of one company for one reader.

    :param env: environment in the reader's language.
    :param company: the company, as superuser.
    :param departments: departments the reader manages there, as superuser.
    :param everything: whether the reader sees all published rows.
    :param year: the year to show; the last one without it.
    """

    def __init__(self, env, company, departments, everything, year=None):
        self.env = env
        self.company = company
        self.departments = departments
        self.everything = everything
        self.releases = (
            env["hr.career.release"]
            .sudo()
            .search([("company_id", "=", company.id)], order="year desc, id desc")
        )
        yearly = self.releases.filtered(lambda one: one.period == schedule.YEAR)
        self.years = yearly.mapped("year")
        if everything and year in self.years:
            yearly = yearly.filtered(lambda one: one.year <= year)
        self.yearly = yearly[:YEARS_IN_TREND]
        self.quarterly = self._quarterly()
        self.periods = dict(self.releases._selection_period())

    def view(self):
        """Return what to show."""
        view = CompanyView(
            self.company.id, self.company.name, self.everything, self._next_day()
        )
        numbers = in_force(self.company)
        view.minimum = numbers["minimum"]
        latest = self.yearly[:1]
        shown = self._shown(latest)
        earlier = self._earlier(shown)
        view.scale = self._scale(
            [*latest.cell_ids[:1], *self.quarterly.cell_ids, *earlier.get(COMPANY, ())]
        )
        view.benchmark_at = round(100.0 * BENCHMARK_PERCENT / view.scale, 2)
        if latest:
            self._fill(view, latest, shown, earlier)
        if self.quarterly:
            view.quarters = self._quarters(view.scale)
        view.proofs = self._proofs(latest)
        if self.everything:
            view.rules = rules(self.env, self.company)
            if latest and latest.parameters["minimum"] != numbers["minimum"]:
                view.rules_before = self.env._(
                    "The figures of %(year)s were made with groups of at least "
                    "%(minimum)s people.",
                    year=latest.year,
                    minimum=latest.parameters["minimum"],
                )
        return view

    def _fill(self, view, release, shown, earlier):
        view.year = release.year
        view.years = self.years if self.everything and len(self.years) > 1 else []
        view.published_on = sentences.day(self.env, release.published_on)
        view.digest = release.digest
        view.minimum = release.parameters["minimum"]
        view.no_breakdown = sentences.no_breakdown(self.env, release, view.minimum)
        whole = release.cell_ids[:1]
        if not whole:
            return
        view.whole = self._line(whole, view.scale)
        by_table = self._by_table(shown)
        # One scale for all traits, so that the eye may go from one to another.
        traits = self._scale([cell for cell in shown if cell.table != structure.TREE])
        tree = self._scale([whole, *by_table.get(structure.TREE, ())])
        tables = {
            code: self._table(
                code, cells, whole, tree if code == structure.TREE else traits
            )
            for code, cells in by_table.items()
        }
        if structure.TREE in tables:
            view.tree, view.branches = self._tree(tables[structure.TREE])
        if self.everything and len(release.cell_ids) > 1:
            view.reach = [reach(self.env, code, tables.get(code)) for code in TRAITS]
            view.less_reached = [name for one in view.reach for name in one.below]
            view.more_reached = [name for one in view.reach for name in one.above]
        self._name_units_without_row(view, shown)
        view.trends = self._trends(shown, earlier, view.scale)
        view.example = self._example(shown)

    def _shown(self, release):
        """Return the rows of `release` that are for the reader, company first."""
        cells = list(release.cell_ids)
        if self.everything:
            return cells
        own = set(self.departments.ids)
        shown = []
        for cell in cells:
            if cell.table == COMPANY:
                shown.append(cell)
            elif cell.table == structure.TREE and (
                cell.unit in own or cell.parent in own
            ):
                shown.append(cell)
                if cell.unit:
                    own.add(cell.unit)
        return shown

    def _by_table(self, cells):
        tables = {}
        for cell in cells:
            if cell.table != COMPANY:
                tables.setdefault(cell.table, []).append(cell)
        return tables

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
        versus = Bar.of_share(*company, scale)
        return Table(code, sentences.trait(self.env, code), lines, scale, versus)

    def _tree(self, table):
        """Return the tree in one table, or its first level and a table per branch."""
        if len(table.lines) <= ROWS_AT_ONCE:
            return table, []
        branches = []
        for line in table.lines:
            if not line.depth:
                branches.append(replace(table, title=line.label, lines=[]))
            branches[-1].lines.append(line)
        first = [branch.lines[0] for branch in branches]
        return (
            replace(table, lines=first),
            [branch for branch in branches if len(branch.lines) > 1],
        )

    def _line(self, cell, scale, label=None):
        figure = cell._figure()
        return Line(
            label=label or cell.group_text,
            depth=0,
            headcount=cell.headcount,
            people=sentences.people(self.env, figure),
            people_range=sentences.people_range(self.env, figure),
            share=sentences.share(self.env, figure, cell.headcount),
            bar=Bar.of_share(figure, cell.headcount, scale),
            code=cell.code,
        )

    def _scale(self, cells):
        """Return where the bars end, in whole percents."""
        ends = [2 * BENCHMARK_PERCENT]
        for cell in cells:
            end = 1.5 * cell.low if cell.top else cell.high
            ends.append(100 * end / cell.headcount)
        largest = min(max(ends), 100)
        return next(
            step for step in (5, 10, 20, 30, 40, 60, 80, 100) if largest <= step
        )

    def _name_units_without_row(self, view, shown):
        """Name the reader's departments that have no row of their own."""
        units = {cell.unit for cell in shown if cell.unit}
        view.without_row = [
            department.name
            for department in self.departments
            if department.id not in units
        ]

    def _example(self, shown):
        """Take apart the first figure of the reader's own part, else the company's."""
        cell = next((one for one in shown if one.table == structure.TREE), shown[0])
        figure = cell._figure()
        said, numbers, share = sentences.example(self.env, cell)
        return Example(
            cell.group_text,
            said,
            numbers,
            share,
            Example.dots_of(figure, cell.headcount),
            f"{said} {numbers} {share}",
            sentences.drawing(self.env, cell.headcount),
        )

    def _quarterly(self):
        """Return the quarters of the last year that has any, in order."""
        quarters = self.releases.filtered(lambda one: one.period in schedule.QUARTERS)
        year = quarters[:1].year
        return quarters.filtered(lambda one: one.year == year).sorted("period")

    def _quarters(self, scale):
        return Table(
            "quarters",
            self.env._("By quarter, %s", self.quarterly[0].year),
            [
                self._line(cell, scale, label=self.periods[one.period])
                for one in self.quarterly
                for cell in one.cell_ids
            ],
            scale,
        )

    def _earlier(self, shown):
        """Return the rows of earlier years about the groups shown, by table."""
        codes = {(cell.table, cell.code) for cell in shown}
        tables = {}
        for release in self.yearly[1:].sorted("year"):
            for cell in release.cell_ids:
                if (cell.table, cell.code) in codes:
                    tables.setdefault(cell.table, []).append(cell)
        return tables

    def _trends(self, shown, earlier, company_scale):
        """Return the groups that have figures of more than one year, by kind."""
        depths = [cell.depth for cell in shown if cell.table == structure.TREE]
        deepest = min(depths, default=0) + LEVELS_IN_TREND
        trends = []
        for code, before in earlier.items():
            cells = {
                cell.code: [one for one in before if one.code == cell.code] + [cell]
                for cell in shown
                if cell.table == code and cell.depth < deepest
            }
            groups = [group for group in cells.values() if len(group) > 1]
            if not groups:
                continue
            scale = company_scale
            if code != COMPANY:
                scale = self._scale([cell for group in groups for cell in group])
            charts = [self._chart(group, shown, scale) for group in groups]
            trends.append(Trends(code, sentences.trait(self.env, code), charts))
        return trends

    def _chart(self, cells, shown, scale):
        figures = [cell._figure() for cell in cells]
        last, before = cells[-1], cells[-2]
        code = shares.verdict(
            (figures[-1], last.headcount), (figures[-2], before.headcount)
        )
        return Table(
            "trend",
            self._full_name(last, shown),
            [self._line(one, scale, label=str(one.release_id.year)) for one in cells],
            scale,
            note=sentences.together(self.env, figures),
            change=sentences.change(self.env, code, before.release_id.year),
        )

    def _full_name(self, cell, shown):
        """Return the name of a group that stands apart from its table."""
        above = [one.label for one in shown if one.unit and one.unit == cell.parent]
        if cell.table == structure.TREE and not cell.unit and above:
            return self.env._("%s, other units", above[0])
        return cell.group_text

    def _proofs(self, latest):
        """Return the proof of the year that is shown, and of the quarters after it."""
        quarter = self.quarterly[-1:]
        if quarter.year > latest.year:
            return [self._proof(one) for one in (*latest, quarter)]
        return [self._proof(one) for one in latest]

    def _proof(self, release):
        kind, text = sentences.proved(self.env, release)
        when = str(release.year)
        if release.period != schedule.YEAR:
            when = self.env._(
                "%(year)s, %(period)s",
                year=release.year,
                period=self.periods[release.period],
            )
        proof = Proof(kind, text, when, release.year, release.period)
        if self.everything and release.certificate:
            proof.can_repeat = release._can_prove()
            proof.over = "" if proof.can_repeat else release._proof_over()
        return proof

    def _next_day(self):
        """Return the next day on which figures appear, or nothing while closed."""
        job = self.env["hr.career.release.job"].sudo()
        if not self.company.filtered_domain(job._publishing_domain()):
            return ""
        quarters = self.company._career_staff_count() >= AGREED.quarter_minimum
        today = fields.Date.context_today(self.company)
        return sentences.day(self.env, schedule.next_day(today, quarters))
