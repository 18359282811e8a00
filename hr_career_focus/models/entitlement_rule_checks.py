"""What a right must be before it can count, and the right as the engine takes it."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine import values
from .entitlement_rule_choices import MATTERS, RULE_TERMS, WITH_MONTHS


class CareerEntitlementRule(models.Model):
    _inherit = "hr.career.entitlement.rule"  # pylint: disable=consider-merging-classes-inherited

    missing = fields.Char(
        string="Still missing",
        compute="_compute_missing",
        help="What to look up in the text before this right can be checked.",
    )

    @api.depends("interval_kind", "interval_months", "block_origin")
    @api.depends_context("lang")
    def _compute_missing(self):
        for rule in self:
            if not rule.interval_kind:
                rule.missing = self.env._("when the right comes back.")
            elif rule.interval_kind in WITH_MONTHS and not rule.interval_months:
                rule.missing = self.env._("after how many months it comes back.")
            elif rule.interval_kind == values.CALENDAR_BLOCK and not rule.block_origin:
                rule.missing = self.env._("the first day of a block.")
            else:
                rule.missing = False

    def _is_incomplete(self):
        """Tell whether the text left something open that the engine needs."""
        self.ensure_one()
        return bool(self.missing)

    @api.constrains("unit", "quantity", "basis", "name")
    def _check_countable(self):
        for rule in self:
            if (
                rule.unit in values.COUNTED
                and rule.basis == values.FIXED
                and rule.quantity % 1
            ):
                raise ValidationError(
                    self.env._(
                        "“%s”: sessions, scans, vouchers and trajects are counted in "
                        "whole numbers. Round it, or choose another unit.",
                        rule.name,
                    )
                )

    @api.constrains("basis", "unit", "interval_kind", "quantity")
    def _check_percentage(self):
        for rule in self.filtered(lambda one: one.basis != values.FIXED):
            if rule.basis == values.SALARY_PERCENT and rule.unit != values.AMOUNT:
                raise ValidationError(
                    self.env._(
                        "“%s” is a percentage of the wage, so it is an amount of "
                        "money. Choose that as the unit.",
                        rule.name,
                    )
                )
            if rule.basis == values.HOURS_PERCENT and rule.unit != values.HOURS:
                raise ValidationError(
                    self.env._(
                        "“%s” is a percentage of the contract hours, so it is counted "
                        "in hours. Choose that as the unit.",
                        rule.name,
                    )
                )
            if rule.interval_kind and rule.interval_kind != values.ACCRUAL:
                raise ValidationError(
                    self.env._(
                        "“%s” is a percentage, and a percentage is earned period "
                        "after period. Let it come back as “Saved up, period after "
                        "period”, or give a number instead of a percentage.",
                        rule.name,
                    )
                )
            if rule.quantity > 100:
                raise ValidationError(
                    self.env._(
                        "“%s” gives more than a hundred percent. Correct the "
                        "percentage, or give a number instead.",
                        rule.name,
                    )
                )

    @api.constrains("min_service_months", "max_service_months")
    def _check_service(self):
        for rule in self:
            longest = rule.max_service_months
            if 0 < longest <= rule.min_service_months:
                raise ValidationError(
                    self.env._(
                        "“%(right)s” begins after %(shortest)s months of service and "
                        "ends after %(longest)s: nobody would ever have it. Change "
                        "one of the two.",
                        right=rule.name,
                        shortest=rule.min_service_months,
                        longest=longest,
                    )
                )

    @api.constrains("code")
    def _check_code(self):
        for rule in self:
            if not rule.code or not rule.code.strip() or "/" in rule.code:
                raise ValidationError(
                    self.env._(
                        "The code of “%s” is a word or a number without a slash. Use "
                        "letters, digits and dashes.",
                        rule.name,
                    )
                )

    @api.constrains("improves_rule_id", "version_id", "unit", "basis", "interval_kind")
    def _check_improves(self):
        for rule in self.filtered("improves_rule_id"):
            if not rule.agreement_id.is_company_rules:
                raise ValidationError(
                    self.env._(
                        "“%s” is part of a collective agreement. Only rules of the "
                        "company itself improve another right.",
                        rule.name,
                    )
                )
            better = rule.improves_rule_id
            if better.agreement_id.is_company_rules:
                raise ValidationError(
                    self.env._(
                        "“%(right)s” improves “%(other)s”, which is a rule of a "
                        "company. Choose a right of the collective agreement.",
                        right=rule.name,
                        other=better.name,
                    )
                )
            if (better.unit, better.basis) != (rule.unit, rule.basis):
                raise ValidationError(
                    self.env._(
                        "“%(right)s” is counted in something else than “%(other)s”, so "
                        "it improves nothing. Give both the same unit, or make it a "
                        "right of its own.",
                        right=rule.name,
                        other=better.name,
                    )
                )
            kinds = {better.interval_kind, rule.interval_kind} - {False}
            if len(kinds) > 1:
                raise ValidationError(
                    self.env._(
                        "“%(right)s” comes back in another way than “%(other)s”, so it "
                        "improves nothing. Let both come back in the same way, or make "
                        "it a right of its own.",
                        right=rule.name,
                        other=better.name,
                    )
                )
            company = better.agreement_id.company_id
            if company and company != rule.agreement_id.company_id:
                raise ValidationError(
                    self.env._(
                        "“%(right)s” improves a right of %(company)s, which is "
                        "another company. Choose a right of your own.",
                        right=rule.name,
                        company=company.name,
                    )
                )

    @api.onchange(
        "unit",
        "basis",
        "interval_kind",
        "prorate_fte",
        "contract_types",
        "min_hours",
        "version_id",
    )
    def _onchange_what_matters(self):
        """Clear what the choice leaves without meaning; fill in what it asks for."""
        if self.basis == values.SALARY_PERCENT:
            self.unit = values.AMOUNT
        elif self.basis == values.HOURS_PERCENT:
            self.unit = values.HOURS
        if self.basis != values.FIXED:
            self.interval_kind = values.ACCRUAL
        for name, matters in MATTERS.items():
            if self[name] and not matters(self):
                self[name] = False
        if self.unit == values.AMOUNT and not self.currency_id:
            self.currency_id = (self.company_id or self.env.company).currency_id
        if self.interval_kind == values.ACCRUAL and not self.accrual_timing:
            self.accrual_timing = values.AT_START

    @api.onchange("improves_rule_id")
    def _onchange_improves_rule_id(self):
        """Start from the terms of the right that is made better."""
        better = self.improves_rule_id
        if better:
            for name in ("basis", "unit", "currency_id", "interval_kind"):
                self[name] = better[name]
            for name in ("interval_months", "block_origin", "accrual_timing"):
                self[name] = better[name]
            self.quantity = self.quantity or better.quantity

    def _terms_now(self):
        """Return the terms of a right as texts, to compare later."""
        self.ensure_one()
        terms = []
        for name in RULE_TERMS:
            value = self[name]
            if isinstance(value, models.BaseModel):
                value = sorted(value._origin.ids)
            terms.append(str(value))
        return terms

    def _engine_rules(self, assume_verified=False, versions=None):
        """Return these rights as values of the pure engine, in order.

        Rights of versions that do not count (drafts next to a version that was
        checked) are left out. So are, with ``assume_verified``, those that are not
        complete: nobody can say yet what they give.

        :param assume_verified: answer as if the versions were checked (preview only)
        :param versions: the versions to take; by default those that count
        """
        agreements = {}
        for agreement in self.agreement_id:
            chosen = versions and versions & agreement.version_ids
            agreements[agreement] = agreement._engine_agreement(assume_verified, chosen)
        return [
            rule._engine_rule(agreements[rule.agreement_id])
            for rule in self
            if any(
                text.key == str(rule.version_id._origin.id)
                for text in agreements[rule.agreement_id].versions
            )
            and not (assume_verified and rule._is_incomplete())
        ]

    def _engine_rule(self, agreement):
        self.ensure_one()
        is_amount = self.unit == values.AMOUNT
        rounding = values.CENT
        if is_amount:
            rounding = Decimal(str(self.currency_id.rounding))
        return values.Rule(
            key=self.right_key,
            agreement=agreement,
            version=str(self.version_id._origin.id),
            quantity=self._exact(self.quantity),
            unit=self.unit,
            basis=self.basis,
            currency=self.currency_id.name if is_amount else None,
            rounding=rounding,
            clause=self.article or "",
            interval=self._engine_interval(),
            eligibility=self._engine_eligibility(),
            valid_from=self.valid_from or None,
            valid_to=self.valid_to or None,
            prorate_fte=self.prorate_fte,
            full_time_hours=self._exact_or_none("full_time_hours"),
            prorate_part=self.prorate_part,
            coach_choice=self.coach_choice,
            consultation=self.consultation,
            payer=self.payer,
            exit=self.exit_policy,
            output=self.output_rule,
            improves=self.improves_rule_id.right_key or None,
        )

    def _engine_interval(self):
        """Return when the right comes back.

        An incomplete right is in a version nobody checked, for which the engine
        answers "not known" before it looks here.
        """
        if self._is_incomplete():
            return values.Interval(values.ACCRUAL)
        return values.Interval(
            kind=self.interval_kind,
            months=self.interval_months or 1,
            origin=self.block_origin or None,
            timing=self.accrual_timing or values.AT_START,
            cap=self._exact_or_none("cap"),
            saving_months=self.saving_months or None,
            advance_periods=self.advance_periods,
        )

    def _engine_eligibility(self):
        contract_types = () if self.contract_types == "all" else (self.contract_types,)
        return values.Eligibility(
            min_service_months=self.min_service_months,
            max_service_months=self.max_service_months or None,
            contract_types=frozenset(contract_types),
            min_term_months=self.min_term_months,
            min_hours=self._exact_or_none("min_hours"),
            hours_exclusive=self.hours_exclusive,
            min_age=self.min_age or None,
            excluded=frozenset(self.excluded_category_ids.mapped("code")),
        )

    def _exact(self, quantity):
        """Return a quantity of this right as an exact decimal, in its currency."""
        places = 2
        if self.unit == values.AMOUNT and self.basis == values.FIXED:
            places = self.currency_id.decimal_places
        return Decimal(repr(quantity)).quantize(Decimal(1).scaleb(-places))

    def _exact_or_none(self, name):
        """Return a number that may be left out: zero says that it is."""
        number = Decimal(repr(self[name])).quantize(values.CENT)
        return number or None
