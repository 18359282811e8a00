"""A right in plain sentences: everything its terms say, and nothing else."""

from odoo import api, fields, models
from odoo.tools.i18n import format_list

from ..engine import values
from .entitlement_rule_choices import RULE_TERMS


class CareerEntitlementRule(models.Model):
    """Every sentence is one term to translate: none is put together from parts."""

    _inherit = "hr.career.entitlement.rule"  # pylint: disable=consider-merging-classes-inherited

    summary = fields.Char(
        string="What it gives",
        compute="_compute_terms",
        help="How much, and when it comes back.",
    )
    terms = fields.Text(
        string="In words",
        compute="_compute_terms",
        help="All that the terms say, to compare with the text.",
    )

    @api.depends(*RULE_TERMS, "is_company_rules")
    @api.depends_context("lang")
    def _compute_terms(self):
        for rule in self:
            sentences = rule._sentences() if rule.quantity > 0 else ()
            rule.summary = sentences and sentences[0]
            rule.terms = " ".join(sentences)

    def _sentences(self):
        """Return what this right says as sentences: how much and when comes first."""
        self.ensure_one()
        return tuple(
            sentence
            for sentence in (
                self._says_what(),
                self._says_origin(),
                self._says_cap(),
                self._says_saving(),
                self._says_advance(),
                self._says_part_time(),
                self._says_part_period(),
                self._says_contracts(),
                self._says_hours(),
                self._says_service(),
                self._says_longest_service(),
                self._says_age(),
                self._says_excluded(),
                self._says_dates(),
                self._says_improves(),
                self._says_coach(),
                self._says_consultation(),
                self._says_payer(),
                self._says_exit(),
                self._says_output(),
            )
            if sentence
        )

    # -- how much, and when -----------------------------------------------------------

    def _says_what(self):
        quantity = self._quantity_text(self.quantity)
        months = self._length(self.interval_months)
        match self.interval_kind:
            case values.ROLLING_START:
                return self.env._(
                    "%(quantity)s once every %(months)s, counted from the first use.",
                    quantity=quantity,
                    months=months,
                )
            case values.ROLLING_COMPLETION:
                return self.env._(
                    "%(quantity)s once every %(months)s, counted from the day on "
                    "which the traject has ended.",
                    quantity=quantity,
                    months=months,
                )
            case values.CALENDAR_BLOCK:
                return self.env._(
                    "%(quantity)s in every block of %(months)s of the calendar.",
                    quantity=quantity,
                    months=months,
                )
            case values.EMPLOYMENT_YEARS:
                return self.env._(
                    "%(quantity)s in every %(months)s of service, counted from the "
                    "first day of work.",
                    quantity=quantity,
                    months=months,
                )
            case values.ONCE:
                return self.env._("%s once, and never again.", quantity)
            case values.ACCRUAL if self.accrual_timing == values.AT_END:
                return self.env._(
                    "Every period of %(months)s adds %(quantity)s once it is over.",
                    quantity=quantity,
                    months=months,
                )
            case values.ACCRUAL:
                return self.env._(
                    "Every period of %(months)s adds %(quantity)s at its start.",
                    quantity=quantity,
                    months=months,
                )
            case _:
                return self.env._(
                    "%s; when it comes back is still to be looked up.", quantity
                )

    def _says_origin(self):
        if self.interval_kind == values.CALENDAR_BLOCK and self.block_origin:
            return self.env._("One block begins on %s.", self._day_text("block_origin"))
        if self.interval_kind != values.ACCRUAL:
            return ""
        if self.block_origin:
            return self.env._(
                "One period begins on %s.", self._day_text("block_origin")
            )
        return self.env._("The periods are counted from the first day of work.")

    def _says_cap(self):
        if not self.cap:
            return ""
        if self.prorate_fte:
            return self.env._(
                "At most %s can be saved by somebody who works full time.",
                self._amount_text(self.cap),
            )
        return self.env._("At most %s can be saved.", self._amount_text(self.cap))

    def _says_saving(self):
        if self.interval_kind != values.ACCRUAL:
            return ""
        if not self.saving_months:
            return self.env._("What is saved is kept for good.")
        return self.env._(
            "What is not used within %s after it was added is lost.",
            self._length(self.saving_months),
        )

    def _says_advance(self):
        if not self.advance_periods:
            return ""
        if self.advance_periods == 1:
            return self.env._("The coming period can be used in advance.")
        return self.env._(
            "The %s coming periods can be used in advance.", self.advance_periods
        )

    def _says_part_time(self):
        if not self.prorate_fte:
            return ""
        if self.full_time_hours:
            return self.env._(
                "Part-timers get their part of it; full time is %s hours a week.",
                self._number_text(self.full_time_hours),
            )
        return self.env._("Part-timers get their part of it.")

    def _says_part_period(self):
        if not self.prorate_part:
            return ""
        return self.env._(
            "Who starts halfway gets the months that are left; a month that has begun "
            "counts whole."
        )

    # -- for whom ---------------------------------------------------------------------

    def _says_contracts(self):
        term = self._length(self.min_term_months) if self.min_term_months else ""
        if self.contract_types == values.PERMANENT:
            return self.env._("It is for permanent contracts only.")
        if self.contract_types == values.FIXED_TERM and term:
            return self.env._(
                "It is for fixed-term contracts of at least %s only.", term
            )
        if self.contract_types == values.FIXED_TERM:
            return self.env._("It is for fixed-term contracts only.")
        if term:
            return self.env._("A fixed-term contract must last at least %s.", term)
        return ""

    def _says_hours(self):
        if not self.min_hours:
            return ""
        hours = self._number_text(self.min_hours)
        if self.hours_exclusive:
            return self.env._("The contract has more than %s hours a week.", hours)
        return self.env._("The contract has at least %s hours a week.", hours)

    def _says_service(self):
        if not self.min_service_months:
            return ""
        return self.env._(
            "Somebody has this right after %s of service.",
            self._length(self.min_service_months),
        )

    def _says_longest_service(self):
        if not self.max_service_months:
            return ""
        return self.env._(
            "It exists in the first %s of service only.",
            self._length(self.max_service_months),
        )

    def _says_age(self):
        if not self.min_age:
            return ""
        return self.env._("It begins at the age of %s.", self.min_age)

    def _says_excluded(self):
        if not self.excluded_category_ids:
            return ""
        return self.env._("It is not for: %s.", self._excluded_text())

    def _says_dates(self):
        first, last = self._day_text("valid_from"), self._day_text("valid_to")
        if first and last:
            return self.env._(
                "This right counts from %(first)s until %(last)s.",
                first=first,
                last=last,
            )
        if first:
            return self.env._("This right counts from %s on.", first)
        if last:
            return self.env._("This right counts until %s.", last)
        return ""

    def _says_improves(self):
        better = self.improves_rule_id
        if better:
            return self.env._(
                "It improves “%(right)s” of %(agreement)s: of each term the better one "
                "for the employee counts.",
                right=better.name,
                agreement=better.agreement_id.name,
            )
        if self.is_company_rules:
            return self.env._("It comes on top of the collective agreement.")
        return ""

    # -- what goes with it ------------------------------------------------------------

    def _says_coach(self):
        match self.coach_choice:
            case values.FROM_LIST:
                return self.env._("The employee chooses a coach from the list.")
            case values.BY_EMPLOYER:
                return self.env._(
                    "The career desk proposes the coach, for the employer."
                )
            case _:
                return self.env._("The employee chooses the coach freely.")

    def _says_consultation(self):
        match self.consultation:
            case values.INFORM:
                return self.env._(
                    "The career desk tells the employer that somebody uses it, without "
                    "a name."
                )
            case values.CONSULT:
                return self.env._(
                    "The employee talks it over with the career desk first; no manager "
                    "is asked."
                )
            case _:
                return ""

    def _says_payer(self):
        match self.payer:
            case values.PAID_BY_FUND:
                return self.env._("A fund of the sector pays.")
            case values.OWN_CLAIM:
                return self.env._("A fund pays; the employee claims it there.")
            case _:
                return self.env._("The employer pays.")

    def _says_exit(self):
        match self.exit_policy:
            case values.LAPSES:
                return self.env._("It lapses once somebody's leaving is on record.")
            case values.RUNNING_FINISHES:
                return self.env._(
                    "A traject that has begun can be finished after somebody left."
                )
            case _:
                return self.env._("It can be used until the last day of work.")

    def _says_output(self):
        if self.output_rule == values.ADVICE_TO_EMPLOYEE:
            return self.env._("The advice is put in writing, for the employee only.")
        return ""

    # -- numbers and days -------------------------------------------------------------

    def _quantity_text(self, quantity):
        """Return how much, with its unit or as a percentage of what it is one of."""
        if self.basis == values.SALARY_PERCENT:
            return self.env._("%s%% of the monthly wage", self._number_text(quantity))
        if self.basis == values.HOURS_PERCENT:
            return self.env._("%s%% of the contract hours", self._number_text(quantity))
        return self._amount_text(quantity)

    def _amount_text(self, quantity):
        """Return a number of what the right is counted in."""
        return self.env["hr.career.entitlement"]._quantity(self._exact(quantity), self)

    def _number_text(self, number):
        return self.env["hr.career.entitlement"]._number(repr(number))

    def _length(self, months):
        return self.env["hr.career.entitlement"]._length(months)

    def _day_text(self, name):
        return self[name] and self.env["hr.career.entitlement"]._day(self[name])

    def _excluded_text(self):
        names = self.excluded_category_ids.sorted("sequence").mapped("name")
        return format_list(self.env, [name.lower() for name in names])
