from decimal import Decimal

from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine import values
from ..engine.entitlement import entitlement

BADGES = {
    values.AVAILABLE: "text-bg-success",
    values.UNKNOWN: "text-bg-warning",
}


class CareerEntitlementPreview(models.TransientModel):
    """What an agreement would give an invented employee on a day.

    For HR, to check a rule before anybody can use it. It takes dates and amounts and
    no name: there is no way to ask it about a real person.
    """

    _name = "hr.career.entitlement.preview"
    _description = "Try out an agreement"

    agreement_id = fields.Many2one(
        "hr.career.agreement", string="Collective agreement", required=True
    )
    start_date = fields.Date(
        string="Contract starts on",
        required=True,
        default=lambda self: fields.Date.context_today(self) - relativedelta(years=3),
    )
    end_date = fields.Date(string="Contract ends on")
    on_date = fields.Date(
        string="Day asked about",
        required=True,
        default=fields.Date.context_today,
    )
    rule_id = fields.Many2one(
        "hr.career.entitlement.rule",
        string="Right used earlier",
        domain="[('agreement_id', '=', agreement_id)]",
    )
    unit = fields.Selection(related="rule_id.unit")
    use_date = fields.Date(string="Used on")
    use_quantity = fields.Float(string="How much", digits=(16, 2))
    is_verified = fields.Boolean(related="agreement_id.is_verified")
    result = fields.Html(compute="_compute_result", sanitize=False)

    @api.onchange("agreement_id")
    def _onchange_agreement_id(self):
        if self.rule_id.agreement_id != self.agreement_id:
            self.rule_id = self.agreement_id.rule_ids[:1]

    @api.onchange("rule_id")
    def _onchange_rule_id(self):
        if self.rule_id and not self.use_quantity:
            self.use_quantity = self.rule_id.quantity

    @api.constrains("use_quantity")
    def _check_use_quantity(self):
        if any(preview.use_quantity < 0 for preview in self):
            raise ValidationError(
                self.env._("What was used earlier is zero or more, never less.")
            )

    @api.depends(
        "agreement_id",
        "start_date",
        "end_date",
        "on_date",
        "rule_id",
        "use_date",
        "use_quantity",
    )
    @api.depends_context("lang")
    def _compute_result(self):
        for preview in self:
            preview.result = Markup("").join(
                self._as_html(answer) for answer in preview._answers()
            )

    def _answers(self):
        """Return the answers as employees would read them, the check left aside."""
        self.ensure_one()
        rules = self.agreement_id.rule_ids
        if not (self.agreement_id and self.start_date and self.on_date):
            return []
        adapter = self.env["hr.career.entitlement"]
        by_key = {rule.right_key: rule for rule in rules._origin}
        found = entitlement(
            self._facts(),
            rules._origin._engine_rules(assume_verified=True),
            self._uses(),
            self.on_date,
        )
        return [
            adapter._right_answer(0, by_key.get(answer.rule_key, rules[:0]), answer)
            for answer in found
        ]

    def _facts(self):
        spell = values.Spell(
            self.start_date,
            self.start_date,
            self.end_date or None,
            str(self.agreement_id._origin.id),
        )
        return values.Facts((spell,))

    def _uses(self):
        if not (self.rule_id and self.use_date and self.use_quantity > 0):
            return ()
        quantity = Decimal(repr(self.use_quantity))
        return (values.Use(self.rule_id.right_key, quantity, self.use_date),)

    def _as_html(self, answer):
        """Return one answer as a block of the page. Everything in it is escaped."""
        labels = {
            values.AVAILABLE: self.env._("Available"),
            values.NOT_YET: self.env._("Not yet"),
            values.USED_UP: self.env._("Used"),
            values.NOT_ELIGIBLE: self.env._("Not available"),
            values.UNKNOWN: self.env._("Not known"),
        }
        status = answer.answer.status
        return Markup(
            '<div class="mb-4"><h3>%s <span class="badge %s">%s</span></h3>'
            '<p class="fs-5">%s</p><ul class="text-muted">%s</ul></div>'
        ) % (
            answer.rule.name or self.env._("This agreement"),
            BADGES.get(status, "text-bg-secondary"),
            labels[status],
            answer.sentence,
            Markup("").join(Markup("<li>%s</li>") % line for line in answer.because),
        )
