from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# What somebody vouches for who has checked an agreement.
AGREEMENT_TERMS = ("valid_from", "valid_to", "has_after_effect")
RULE_TERMS = (
    "article",
    "unit",
    "quantity",
    "currency_id",
    "interval_kind",
    "interval_months",
    "min_service_months",
    "valid_from",
    "valid_to",
    "coach_choice",
)


class CareerAgreement(models.Model):
    """A collective agreement, or a company rule book, that gives career rights.

    Texts move every year. A right counts for nobody until somebody of HR has compared
    the rules with the text and put a name and a date to it; until then employees read
    "ask the career desk". The check is of these words and numbers: when one of them
    changes, somebody has to check again.
    """

    _name = "hr.career.agreement"
    _description = "Career Agreement"
    _order = "name, valid_from desc, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        help="Leave empty to use this agreement in every company of the database.",
    )
    country_id = fields.Many2one("res.country")
    sector = fields.Char(translate=True)
    reference = fields.Char(
        help="The number of the agreement, or of the joint committee behind it.",
    )
    source_url = fields.Char(
        string="Source",
        help="Where the text was read: a web address or the title of a document.",
    )
    source_seen_on = fields.Date(
        string="Date of the source",
        help="The date of the text, or the day on which it was read.",
    )
    note = fields.Text(
        string="What to check",
        translate=True,
        help="What is not certain about these rights. For HR; employees do not see it.",
    )
    verified_by = fields.Char(string="Checked by", copy=False)
    verified_on = fields.Date(string="Checked on", copy=False)
    checked_terms = fields.Json(
        copy=False, help="The terms as they were when they were checked."
    )
    is_verified = fields.Boolean(
        string="Checked",
        compute="_compute_is_verified",
        store=True,
        help="Somebody compared the rights below with the text of the agreement.",
    )
    valid_from = fields.Date(string="First day")
    valid_to = fields.Date(string="Last day")
    has_after_effect = fields.Boolean(
        string="Stays in force after its end",
        default=True,
        help="After its last day the text goes on to apply to everybody who falls "
        "under it, until they are given another agreement.",
    )
    rule_ids = fields.One2many(
        "hr.career.entitlement.rule", "agreement_id", string="Rights", copy=True
    )
    rule_count = fields.Integer(compute="_compute_rule_count")

    _valid_period = models.Constraint(
        "CHECK(valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from)",
        "An agreement cannot end before it starts. Change one of the two dates.",
    )

    @api.depends(
        "verified_by",
        "verified_on",
        "checked_terms",
        *AGREEMENT_TERMS,
        *(f"rule_ids.{name}" for name in RULE_TERMS),
    )
    def _compute_is_verified(self):
        for agreement in self:
            agreement.is_verified = bool(
                agreement.verified_by
                and agreement.verified_on
                and agreement._is_as_checked()
            )

    @api.depends("rule_ids")
    def _compute_rule_count(self):
        for agreement in self:
            agreement.rule_count = len(agreement.rule_ids)

    @api.constrains("company_id")
    def _check_company_of_use(self):
        """Keep an agreement usable for the contracts and companies that name it."""
        for agreement in self.filtered("company_id"):
            company = agreement.company_id
            other = [("career_agreement_id", "=", agreement.id)]
            defaults = self.env["res.company"].sudo().search(other, limit=2)
            contracts = (
                self.env["hr.version"]
                .sudo()
                .with_context(active_test=False)
                .search([*other, ("company_id", "!=", company.id)], limit=1)
            )
            if contracts or defaults - company:
                raise ValidationError(
                    self.env._(
                        "The agreement “%(agreement)s” is in use in another company. "
                        "Leave its company empty, or make a copy for %(company)s.",
                        agreement=agreement.name,
                        company=company.name,
                    )
                )

    def write(self, vals):
        # A check taken back in the same transaction was a check all the same.
        self._remember_what_was_open()
        done = super().write(vals)
        self._remember_what_was_open()
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_once_open(self):
        self.with_context(active_test=False).rule_ids._refuse_to_lose_open_rights()

    def copy_data(self, default=None):
        values_list = super().copy_data(default=default)
        if not (default or {}).get("name"):
            for agreement, values in zip(self, values_list, strict=True):
                values["name"] = self.env._("%s (copy)", agreement.name)
        return values_list

    def action_mark_checked(self):
        """Record that the user compared the rights with the text today."""
        for agreement in self:
            if not agreement.rule_ids:
                raise UserError(
                    self.env._(
                        "“%s” has no rights yet. Add them first; then there is "
                        "something to check.",
                        agreement.name,
                    )
                )
            agreement.write(
                {
                    "verified_by": self.env.user.name,
                    "verified_on": fields.Date.context_today(agreement),
                    "checked_terms": agreement._terms_now(),
                }
            )
        return True

    def action_withdraw_check(self):
        """Take the check back: the rights count for nobody until the next check."""
        return self.write(
            {"verified_by": False, "verified_on": False, "checked_terms": False}
        )

    def action_preview(self):
        """Open the preview for an invented employee."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_career_focus.entitlement_preview_action"
        )
        return {**action, "context": {"default_agreement_id": self.id}}

    def _terms_now(self):
        """Return the terms of the agreement and of its rights, to compare later."""
        self.ensure_one()
        terms = {"agreement": [str(self[name]) for name in AGREEMENT_TERMS]}
        for rule in self.rule_ids:
            values = (rule[name] for name in RULE_TERMS)
            terms[str(rule._origin.id)] = [
                str(value.id if isinstance(value, models.BaseModel) else value)
                for value in values
            ]
        return terms

    def _is_as_checked(self):
        """Tell whether every term in use is as it was when it was checked.

        A right that was archived since changes nothing. A check recorded without the
        terms, by an import, vouches for what is there.
        """
        checked = self.checked_terms
        return not checked or all(
            checked.get(name) == terms for name, terms in self._terms_now().items()
        )

    def _remember_what_was_open(self):
        """Settle which rights have been open, before the check can change again."""
        self.with_context(active_test=False).rule_ids.mapped("was_open")
