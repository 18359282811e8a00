"""What the spending page shows, built from published rows and public plans alone."""

from dataclasses import dataclass, field

from odoo import fields
from odoo.tools import format_amount

from odoo.addons.hr_career_focus.casework.budget_words import RIGHTS

from ..engine import schedule, spending
from . import sentences
from .uptake_shapes import Bar

#: Years a forecast looks back on.
YEARS = 6


@dataclass
class KindLine:
    """One kind of help in a budget, or a budget as a whole."""

    label: str
    people: str
    people_range: str
    amount: str
    bar: Bar
    price: str = ""
    forecast: str = ""
    otherwise: str = ""


@dataclass
class PotView:
    """One budget: its own row first, then what it was used for."""

    name: str
    headcount: int
    whole: KindLine
    lines: list[KindLine] = field(default_factory=list)


@dataclass
class StoolBar:
    """What another budget would have paid for."""

    code: str
    label: str
    amount: str
    width: float


@dataclass
class CompanySpending:
    """Everything the page shows about one company."""

    name: str
    next_day: str = ""
    year: int | None = None
    published_on: str = ""
    digest: str = ""
    whole: KindLine | None = None
    whole_headcount: int = 0
    no_breakdown: str = ""
    pots: list[PotView] = field(default_factory=list)
    rights: KindLine | None = None
    stools: list[StoolBar] = field(default_factory=list)
    stools_total: str = ""
    missed: str = ""
    without_row: list[str] = field(default_factory=list)
    minimum: int = 0


class SpendingPage:
    """Builds the view of one company for one reader.

    :param env: environment in the reader's language.
    :param company: the company, as superuser.
    :param owned: the budgets there that the reader owns, as superuser.
    :param everything: whether the reader sees all published rows.
    """

    def __init__(self, env, company, owned, everything):
        self.env = env
        self.company = company
        self.owned = owned
        self.everything = everything
        self.years = (
            env["hr.career.spending"]
            .sudo()
            .search([("company_id", "=", company.id)], order="year desc", limit=YEARS)
        )
        line = env["hr.career.budget.line"].fields_get(
            ["kind", "otherwise"], ["selection"]
        )
        self.kinds = dict(line["kind"]["selection"])
        self.stools = dict(line["otherwise"]["selection"])

    def view(self):
        """Return what to show."""
        view = CompanySpending(self.company.name, next_day=self._next_day())
        if self.years:
            self._fill(view, self.years[0])
        return view

    def _fill(self, view, record):
        rows = [row._row() for row in record.row_ids]
        view.year = record.year
        view.published_on = sentences.day(self.env, record.published_on)
        view.digest = record.digest
        view.minimum = record.parameters["minimum"]
        view.no_breakdown = sentences.no_spending_rows(self.env, record, rows)
        if not rows:
            return
        shown = [row for row in rows if self._is_shown(row)]
        self.scale = max(
            [
                row.figure.low * 1.5 if row.figure.top else row.figure.high
                for row in rows
            ]
        )
        view.whole = self._line(rows[0])
        view.whole_headcount = rows[0].headcount
        for row in shown:
            if row.kind == RIGHTS:
                view.rights = self._line(row)
            elif row.kind:
                view.pots[-1].lines.append(self._line(row))
            elif row.budget != spending.ALL:
                view.pots.append(
                    PotView(self._name(row), row.headcount, self._line(row))
                )
        self._fill_stools(view, shown)
        present = {row.budget for row in rows}
        view.without_row = [
            one.name
            for one in self._owned_in(record.year)
            if self._number(one) not in present
        ]

    def _is_shown(self, row):
        """Tell whether a row is about the whole, the reader's budget, or the rest."""
        return (
            self.everything
            or row.budget in (spending.ALL, spending.OTHER)
            or row.budget in map(self._number, self._owned_in(self.years[0].year))
        )

    def _owned_in(self, year):
        """Return the reader's budgets that the figures of a year are about."""
        return self.owned.filtered(
            lambda one: one.date_from.year <= year <= one.date_to.year + 1
        )

    def _number(self, budget):
        return self.env["hr.career.release.job"]._number(budget)

    def _name(self, row):
        if row.budget == spending.OTHER:
            return self.env._("Other budgets")
        return row.label

    def _line(self, row):
        figure = row.figure
        line = KindLine(
            label=self.kinds.get(row.kind, row.kind),
            people=sentences.people(self.env, figure),
            people_range=sentences.people_range(self.env, figure),
            amount="" if row.amount is None else self._money(row.amount),
            # On a scale of people: a group of 100 whose percents are the people.
            bar=Bar.of(figure, 100, self.scale),
            price=self._money(row.price) if row.price else "",
            otherwise=self.stools.get(row.otherwise, "") if row.kind else "",
        )
        line.forecast = self._forecast(row)
        return line

    def _forecast(self, row):
        """Return what the next year may come to, from what was published so far."""
        if not row.kind:
            return ""
        history = [
            old._row().figure
            for record in self.years
            for old in record.row_ids
            if (old.budget, old.kind) == (row.budget, row.kind)
        ]
        expected = spending.forecast(history, row.price)
        if not expected:
            return ""
        return self.env._(
            "Next year about %(centre)s, between %(low)s and %(high)s, going by "
            "%(years)s years.",
            centre=self._money(expected.centre),
            low=self._money(expected.low),
            high=self._money(expected.high),
            years=expected.years,
        )

    def _fill_stools(self, view, rows):
        """Draw what recruitment and learning budgets would have paid, and the rest."""
        amounts = spending.stools([row for row in rows if row.kind != RIGHTS])
        total = sum(amounts.values())
        if not total:
            return
        view.stools_total = self._money(total)
        if amounts[spending.NEITHER]:
            view.missed = self._money(amounts[spending.NEITHER])
        view.stools = [
            StoolBar(
                code,
                self.stools[code],
                self._money(amounts[code]),
                round(100 * amounts[code] / total, 2),
            )
            for code in spending.STOOLS
        ]

    def _money(self, amount):
        """Return a published amount, which has no cents, in the company's currency."""
        return format_amount(
            self.env, amount, self.company.currency_id, trailing_zeroes=False
        )

    def _next_day(self):
        """Return the next day on which figures appear, or nothing while closed."""
        job = self.env["hr.career.release.job"].sudo()
        if not self.company.filtered_domain(job._publishing_domain()):
            return ""
        today = fields.Date.context_today(self.company)
        return sentences.day(self.env, schedule.next_day(today, quarters=False))
