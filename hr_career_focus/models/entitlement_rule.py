import re
import unicodedata

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import values
from .entitlement_rule_choices import (
    BASIS_SELECTION,
    COACH_CHOICE_SELECTION,
    CONSULTATION_SELECTION,
    CONTRACT_TYPE_SELECTION,
    EXIT_SELECTION,
    INTERVAL_SELECTION,
    MATTERS,
    OUTPUT_SELECTION,
    PAYER_SELECTION,
    TIMING_SELECTION,
    UNIT_SELECTION,
)


class CareerEntitlementRule(models.Model):
    """One right as one version of an agreement words it.

    Only the terms live here. What they mean for a person on a day is answered by the
    pure engine, through ``hr.career.entitlement``. Zero in a number that may be left
    out means that it is not set.
    """

    _name = "hr.career.entitlement.rule"
    _description = "Career Right"
    _order = "agreement_id, sequence, id"

    version_id = fields.Many2one(
        "hr.career.agreement.version",
        required=True,
        ondelete="cascade",
        index=True,
    )
    agreement_id = fields.Many2one(
        related="version_id.agreement_id",
        string="Collective agreement",
        store=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="agreement_id.company_id")
    is_company_rules = fields.Boolean(related="agreement_id.is_company_rules")
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        help="The same code in two versions of an agreement says that it is the same "
        "right: what was used of it counts in both. Leave it empty to make one from "
        "the name.",
    )
    right_key = fields.Char(compute="_compute_right_key", store=True, index=True)
    article = fields.Char(
        help="Where the agreement gives this right. Employees see it with the answer.",
    )
    description = fields.Text(
        translate=True,
        help="What employees read about this right, in plain words.",
    )
    unit = fields.Selection(
        UNIT_SELECTION, string="Counted in", default=values.AMOUNT, required=True
    )
    basis = fields.Selection(
        BASIS_SELECTION,
        string="How much is set as",
        default=values.FIXED,
        required=True,
        help="A number that is the same for everybody, or a percentage of what "
        "somebody earns or works.",
    )
    quantity = fields.Float(
        string="How much",
        digits=(16, 2),
        required=True,
        help="How much somebody has each time the right comes back: a number of what "
        "it is counted in, or the percentage.",
    )
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: self.env.company.currency_id
    )
    interval_kind = fields.Selection(
        INTERVAL_SELECTION,
        string="Comes back",
        default=values.ROLLING_START,
        help="When a right that was used can be used again. Leave it empty when the "
        "text you have does not say; the version cannot be checked until you know.",
    )
    interval_months = fields.Integer(
        string="After how many months",
        default=60,
        help="How many months until the right comes back, or how many months a block "
        "or a period lasts. A year is 12.",
    )
    block_origin = fields.Date(
        string="A block or period begins on",
        help="The first day of any one of them; the others follow from it. "
        "Rights that are saved up may leave it empty: their periods then count from "
        "the first day of work.",
    )
    accrual_timing = fields.Selection(
        TIMING_SELECTION,
        string="Added",
        default=values.AT_START,
        help="Whether a period adds its part on its first day, or once it is over.",
    )
    cap = fields.Float(
        string="Saved at most",
        digits=(16, 2),
        help="The most somebody with a full-time job can have saved. Zero: no limit.",
    )
    saving_months = fields.Integer(
        string="Kept for (months)",
        help="How long each part can be kept before it is lost. Zero: for good.",
    )
    advance_periods = fields.Integer(
        string="Periods in advance",
        help="How many coming periods can be used now already. Zero: none.",
    )
    prorate_fte = fields.Boolean(
        string="Part-timers get their part",
        help="Somebody who works half of full time gets half.",
    )
    full_time_hours = fields.Float(
        string="Full time is (hours a week)",
        digits=(16, 2),
        help="When the agreement counts full time in its own way, 36 hours for "
        "instance. Zero: as in the working schedule of the contract.",
    )
    prorate_part = fields.Boolean(
        string="Less for who starts halfway",
        help="Somebody who starts during a block or a period gets the months that are "
        "left of it; a month begun counts whole.",
    )
    contract_types = fields.Selection(
        CONTRACT_TYPE_SELECTION,
        string="For contracts",
        default="all",
        required=True,
    )
    min_term_months = fields.Integer(
        string="Shortest contract (months)",
        help="How long a fixed-term contract must last, from its first to its last "
        "day. It asks nothing of permanent contracts. Zero: any length.",
    )
    min_hours = fields.Float(
        string="Hours a week needed",
        digits=(16, 2),
        help="How many hours a week the contract must have. Zero: any number.",
    )
    hours_exclusive = fields.Boolean(
        string="More than that number",
        help="The contract must have more hours than this, not just as many.",
    )
    min_service_months = fields.Integer(
        string="Minimal service (months)",
        help="How long somebody must have worked here without a break of four days "
        "or more. Zero: from the first day.",
    )
    max_service_months = fields.Integer(
        string="Only the first (months)",
        help="For how many months after the start the right exists, for starters for "
        "instance. Zero: it stays.",
    )
    min_age = fields.Integer(
        string="From what age",
        help="From which birthday on somebody has this right. Zero: at any age.",
    )
    excluded_category_ids = fields.Many2many(
        "hr.career.staff.category",
        string="Not for",
        help="The kinds of workers that the agreement leaves out.",
    )
    improves_rule_id = fields.Many2one(
        "hr.career.entitlement.rule",
        string="Improves",
        ondelete="restrict",
        index="btree_not_null",
        help="The right of the collective agreement that these rules make better: of "
        "each term the better one for the employee counts. Leave it empty for a right "
        "of its own.",
    )
    valid_from = fields.Date(
        string="First day", help="Leave empty to follow the version."
    )
    valid_to = fields.Date(string="Last day", help="Leave empty to follow the version.")
    coach_choice = fields.Selection(
        COACH_CHOICE_SELECTION,
        string="Choice of coach",
        default=values.BY_EMPLOYEE,
        required=True,
    )
    consultation = fields.Selection(
        CONSULTATION_SELECTION,
        string="Say of the employer",
        default=values.NO_CONSULTATION,
        required=True,
        help="The career desk takes care of this. No manager is asked or told.",
    )
    payer = fields.Selection(
        PAYER_SELECTION,
        string="Who pays",
        default=values.PAID_BY_EMPLOYER,
        required=True,
    )
    splits_vouchers = fields.Boolean(
        string="Vouchers may be spent at several providers",
        default=True,
        help="If not, only the provider who redeems a voucher first can redeem the "
        "rest of it.",
    )
    exit_policy = fields.Selection(
        EXIT_SELECTION,
        string="When somebody leaves",
        default=values.UNTIL_LAST_DAY,
        required=True,
    )
    output_rule = fields.Selection(
        OUTPUT_SELECTION,
        string="What comes out",
        default=values.NO_OUTPUT_RULE,
        required=True,
    )
    was_open = fields.Boolean(
        compute="_compute_was_open",
        store=True,
        copy=False,
        help="This right has been open to employees at some time, so it is archived "
        "and never deleted.",
    )

    _code_uniq = models.Constraint(
        "UNIQUE(version_id, code)",
        "Two rights of one version cannot have the same code. Change one of them, or "
        "leave it empty to get a new one.",
    )
    _quantity_positive = models.Constraint(
        "CHECK(quantity > 0)",
        "A right gives something: how much must be more than zero.",
    )
    _months_not_negative = models.Constraint(
        "CHECK(interval_months >= 0 AND saving_months >= 0 AND min_term_months >= 0"
        " AND min_service_months >= 0 AND max_service_months >= 0)",
        "A number of months is zero or more.",
    )
    _numbers_not_negative = models.Constraint(
        "CHECK(cap >= 0 AND advance_periods >= 0 AND full_time_hours >= 0"
        " AND min_hours >= 0 AND min_age >= 0)",
        "Limits, hours, periods and ages are zero or more. Zero means: not set.",
    )
    # As in a file of agreements: what is exported can be imported again.
    _within_a_century = models.Constraint(
        "CHECK(interval_months <= 1200 AND saving_months <= 1200"
        " AND min_term_months <= 1200 AND min_service_months <= 1200"
        " AND max_service_months <= 1200 AND advance_periods <= 1200"
        " AND min_age <= 1200)",
        "Months, periods and ages are 1200 at most. Correct the number.",
    )
    _amount_has_currency = models.Constraint(
        "CHECK(unit <> 'amount' OR currency_id IS NOT NULL)",
        "An amount of money needs a currency.",
    )
    _valid_period = models.Constraint(
        "CHECK(valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from)",
        "A right cannot end before it starts. Change one of the two dates.",
    )

    @api.depends("name", "version_id.display_name")
    @api.depends_context("lang", "with_version")
    def _compute_display_name(self):
        if not self.env.context.get("with_version"):
            return super()._compute_display_name()
        for rule in self:
            rule.display_name = self.env._(
                "%(right)s (%(version)s)",
                right=rule.name or "",
                version=rule.version_id.display_name,
            )
        return None

    @api.depends("agreement_id", "code")
    def _compute_right_key(self):
        for rule in self:
            agreement = rule.agreement_id._origin
            rule.right_key = f"{agreement.id}/{rule.code or ''}"

    @api.depends("version_id.is_verified")
    def _compute_was_open(self):
        for rule in self:
            rule.was_open = rule.was_open or rule.version_id.is_verified

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [
            {name: vals[name] for name in vals if name != "was_open"}
            for vals in vals_list
        ]
        self._give_codes(vals_list)
        rules = super().create(vals_list)
        rules._drop_what_does_not_matter()
        return rules

    def write(self, vals):
        # Only the compute decides whether a right was ever open.
        vals = {name: vals[name] for name in vals if name != "was_open"}
        if "code" in vals or "version_id" in vals:
            self._refuse_to_become_another_right(vals)
        done = super().write(vals)
        self._drop_what_does_not_matter()
        return done

    def copy(self, default=None):
        default = dict(default or {})
        # A copy next to the original is another right, in another version the same.
        if default.get("version_id", self.version_id.id) in self.version_id.ids:
            default.setdefault("code", False)
        return super().copy(default)

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_once_open(self):
        self._refuse_to_lose_open_rights()

    def _refuse_to_lose_open_rights(self):
        """Refuse deletion of whatever employees may have used.

        The answer depends on the agreement alone. Were it to depend on the uses, a
        refusal would tell HR that somebody asked.
        """
        if any(rule.was_open for rule in self):
            raise UserError(
                self.env._(
                    "This right has been open to employees. Archive it instead: "
                    "what was used of it before must still count."
                )
            )

    def _refuse_to_become_another_right(self, vals):
        """What was used of a right is kept under its code, so the code stays."""
        for rule in self.filtered("was_open"):
            code = vals.get("code", rule.code)
            version = vals.get("version_id", rule.version_id.id)
            if (code, version) != (rule.code, rule.version_id.id):
                raise UserError(
                    self.env._(
                        "“%s” has been open to employees: its code and its version "
                        "stay, so that what was used of it still counts. Add a new "
                        "right instead, and archive this one.",
                        rule.name,
                    )
                )

    def _give_codes(self, vals_list):
        """Fill in the codes that were left empty, unique within each version."""
        version_ids = {vals.get("version_id") for vals in vals_list} - {None, False}
        taken = {version_id: set() for version_id in version_ids}
        others = self.with_context(active_test=False).search(
            [("version_id", "in", list(version_ids))]
        )
        for rule in others:
            taken[rule.version_id.id].add(rule.code)
        for vals in vals_list:
            used = taken.setdefault(vals.get("version_id"), set())
            if not (vals.get("code") or "").strip():
                stem = code = slug(vals.get("name") or "")
                number = 1
                while code in used:
                    number += 1
                    code = f"{stem}-{number}"
                vals["code"] = code
            used.add(vals["code"])

    def _drop_what_does_not_matter(self):
        """Clear the terms that the others leave without meaning."""
        for rule in self:
            void = {
                name: False
                for name, matters in MATTERS.items()
                if rule[name] and not matters(rule)
            }
            if void:
                rule.write(void)


def slug(text):
    """Return a text as a code: small letters, digits and dashes.

    >>> slug("Loopbaanbudget (36 uur)"), slug("Orientação"), slug("…")
    ('loopbaanbudget-36-uur', 'orientacao', 'right')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60] or "right"
