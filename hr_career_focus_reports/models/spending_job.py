"""The part of the release job that publishes what budgets were used for."""

import logging

from odoo import fields, models

from odoo.addons.hr_career_focus.casework import budget_figures
from odoo.addons.hr_career_focus.casework.budget_words import DRAFT, RIGHTS

from ..engine import schedule, spending
from ..engine.parameters import AGREED
from .frozen_mixin import publishing

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
            [self._pot(budget, register) for budget in budgets],
            self._counts(company, year, budgets),
            company=company.id,
            year=year,
            published_on=fields.Date.context_today(self),
            secret=self._rounding_secret(),
            currency=company.currency_id.name,
            parameters=AGREED.stricter(company.career_min_group),
            previous=frozen._last_digest(company),
            rights=self._rights_row(budgets, release),
        )
        with publishing():
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

    def _counts(self, company, year, budgets):
        """Return how many measures there were, as the engine takes it."""
        counts = budget_figures.closed_year_counts(self.sudo().env, company, year)
        return {
            (line.budget_id.id, line.kind): counts[line.budget_id.id].get(line.id, 0)
            for line in budgets.line_ids
            if line.budget_id.id in counts
        }

    def _pot(self, budget, register):
        """Return a budget as the engine takes it: who it is for, and its lines."""
        people = (
            register.members_by_unit().get(budget.department_id.id, frozenset())
            if budget.department_id
            else register.keys
        )
        return spending.Pot(
            budget.id,
            budget.name,
            frozenset(people),
            tuple(
                spending.Line(line.kind, self._price(line), line.otherwise)
                for line in budget.line_ids
                if line.kind != RIGHTS
            ),
        )

    def _price(self, line):
        """Return the list price in whole units of the company's currency, else 0."""
        same = line.currency_id == line.company_id.currency_id
        return round(line.list_price) if same else 0

    def _rights_row(self, budgets, release):
        """Return the row of the rights by agreement: published uptake times a price.

        It says at most how much, because some of those who took part did so without
        such a right.
        """
        line = budgets.line_ids.filtered(lambda one: one.kind == RIGHTS)[:1]
        cell = release.cell_ids[:1]
        if not line or not cell:
            return None
        price = self._price(line)
        figure = cell._figure()
        return spending.Row(
            line.budget_id.id,
            line.budget_id.name,
            RIGHTS,
            cell.headcount,
            price,
            spending.NEITHER,
            figure,
            spending.amount(figure, price),
        )
