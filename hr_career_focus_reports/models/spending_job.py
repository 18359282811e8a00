"""The part of the release job that publishes what budgets were used for."""

import logging

from odoo import fields, models

from odoo.addons.hr_career_focus.casework import budget_figures
from odoo.addons.hr_career_focus.casework.budget_words import DRAFT, RIGHTS

from ..engine import schedule, spending
from ..engine.parameters import AGREED
from .frozen_mixin import refuse_outside

_logger = logging.getLogger(__name__)


class HrCareerReleaseJob(models.AbstractModel):
    """Publishes the spending of a year with its uptake: same day, same transaction."""

    _inherit = "hr.career.release.job"

    def _publish(self, company, year, period):
        record = super()._publish(company, year, period)
        if period == schedule.YEAR:
            self._publish_spending(company, year, record)
        return record

    def _publish_spending(self, company, year, release):
        """Compute and freeze the figures of the budgets; none where none ran.

        :param release: the uptake of that year, just published.
        """
        budgets = self._budgets(company, year)
        if not budgets:
            return
        register = self.env["hr.career.release.register"]._of_period(
            company,
            year,
            schedule.first_day(year, schedule.YEAR),
            schedule.last_day(year, schedule.YEAR),
        )
        frozen = self.env["hr.career.spending"].sudo()
        figures = spending.compute(
            len(register),
            self._pots(budgets, register, year),
            self._helped(company, year, budgets),
            company=company.id,
            year=year,
            published_on=fields.Date.context_today(self),
            secret=self._rounding_secret(),
            currency=company.currency_id.name,
            parameters=AGREED.stricter(company.career_min_group),
            previous=frozen._last_digest(company),
            rights=self._rights_row(budgets, release),
        )
        frozen._freeze(figures)
        _logger.info(
            "Spending published: company %s, %s, %s rows.",
            company.id,
            year,
            len(figures.rows),
        )

    def _budgets(self, company, year):
        """Return the budgets of a company for a year, whatever was spent.

        Those that ended in the year before too: they still pay what was promised.
        """
        return (
            self.env["hr.career.budget"]
            .sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("company_id", "=", company.id),
                    ("state", "!=", DRAFT),
                    ("date_from", "<=", schedule.last_day(year, schedule.YEAR)),
                    ("date_to", ">=", schedule.first_day(year - 1, schedule.YEAR)),
                ],
                order="id",
            )
        )

    def _helped(self, company, year, budgets):
        """Return the marks of whom was helped, as the engine takes them."""
        refuse_outside(self.env)
        found = budget_figures.closed_year_marks(self.sudo().env, company, year)
        helped = {}
        for line in budgets.line_ids:
            marks = found.get(line.budget_id.id, {}).get(line.id, frozenset())
            place = self._number(line.budget_id), line.kind
            helped[place] = helped.get(place, frozenset()) | marks
        return helped

    def _number(self, budget):
        """Return the number of a budget in the figures, the same in every year."""
        return budget.department_id.id or spending.WHOLE_COMPANY

    def _pots(self, budgets, register, year):
        """Return the budgets as the engine takes them: the newest stands for all.

        A budget that ended still pays what it promised; for whom there is help follows
        from those of this year.
        """
        members = register.members_by_unit()
        newest = {self._number(one): one for one in budgets.sorted("date_to")}
        lines = {
            number: [line for line in budget.line_ids if line.kind != RIGHTS]
            for number, budget in newest.items()
        }
        scope = {
            number: frozenset(members.get(number, ()) if number > 0 else register.keys)
            for number in newest
        }

        def people(number, kind):
            """Those of a budget who have none of their own division for this kind."""
            narrower = [
                scope[other]
                for other in newest
                if other != number
                and other > 0
                and scope[other] < scope[number]
                and kind in {line.kind for line in lines[other]}
            ]
            return scope[number].difference(*narrower)

        return [
            spending.Pot(
                number,
                newest[number].name,
                tuple(
                    spending.Line(
                        line.kind,
                        self._price(line),
                        people(number, line.kind),
                        line.otherwise,
                    )
                    for line in lines[number]
                ),
            )
            for number in sorted(newest)
        ]

    def _price(self, line):
        """Return the list price in whole units of the company's currency, else 0."""
        same = line.currency_id == line.company_id.currency_id
        return round(line.list_price) if same else 0

    def _rights_row(self, budgets, release):
        """Return the row of the rights by agreement: published uptake times a price.

        It says at most how much, because some of those who took part did so without
        such a right.
        """
        line = budgets.sorted("date_to", reverse=True).line_ids.filtered(
            lambda one: one.kind == RIGHTS
        )[:1]
        cell = release.cell_ids[:1]
        if not line or not cell:
            return None
        price = self._price(line)
        figure = cell._figure()
        return spending.Row(
            self._number(line.budget_id),
            line.budget_id.name,
            RIGHTS,
            cell.headcount,
            price,
            spending.NEITHER,
            figure,
            spending.amount(figure, price),
        )
