"""What the page about importing agreements shows: templates, and lines of a report."""

from odoo import fields, models

from ..presets import template
from .agreement_exchange_lines import (
    ADDITION,
    NEW_AGREEMENT,
    NEW_VERSION,
    RIGHT,
    SAME,
)


class CareerAgreementExchangeTemplate(models.TransientModel):
    """One template that comes with the addon, as somebody chooses from a list."""

    _name = "hr.career.agreement.exchange.template"
    _description = "Template of an Agreement"
    _order = "country_id, name, id"

    exchange_id = fields.Many2one(
        "hr.career.agreement.exchange", required=True, ondelete="cascade", index=True
    )
    template = fields.Char(readonly=True)
    name = fields.Char(readonly=True)
    sector = fields.Char(readonly=True)
    country_id = fields.Many2one("res.country", readonly=True)
    gives = fields.Text(string="What it gives", readonly=True)
    source = fields.Char(readonly=True)
    source_seen_on = fields.Date(string="Date of the source", readonly=True)
    is_incomplete = fields.Boolean(readonly=True)

    def action_choose(self):
        """Show what this template would make."""
        self.ensure_one()
        self.exchange_id.template = self.template
        return self.exchange_id.action_check()

    def action_download(self):
        """Download the template, as an example of the format."""
        self.ensure_one()
        data = template(self.template).data
        return self.exchange_id._download(data, f"{self.template}.csv")


class CareerAgreementExchangeLine(models.TransientModel):
    """One line of the report: something to correct, or something that is made."""

    _name = "hr.career.agreement.exchange.line"
    _description = "Line of an Import of Agreements"
    _order = "sequence, id"

    exchange_id = fields.Many2one(
        "hr.career.agreement.exchange", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(readonly=True)
    outcome = fields.Selection(
        [
            ("error", "Error"),
            ("warning", "To know"),
            (NEW_AGREEMENT, "New agreement"),
            (ADDITION, "Agreement in Odoo"),
            (NEW_VERSION, "New draft version"),
            (SAME, "There already"),
            (RIGHT, "Right"),
        ],
        readonly=True,
    )
    row = fields.Integer(
        string="Line",
        readonly=True,
        help="The line in your spreadsheet; the headings are line 1.",
    )
    column = fields.Char(readonly=True)
    value = fields.Char(string="What it says", readonly=True)
    name = fields.Char(readonly=True)
    detail = fields.Text(readonly=True)
