"""Frozen figures of what internal-mobility budgets were used for."""

from odoo import api, fields, models

from ..engine import spending


class HrCareerSpending(models.Model):
    """Budgets of one company in one closed year: rounded numbers, and nobody.

    Published together with the uptake of the year, and frozen like it.
    """

    _name = "hr.career.spending"
    _description = "Published spending"
    _inherit = ["hr.career.published"]
    _log_access = False
    _order = "year desc, id desc"

    currency = fields.Char(required=True, readonly=True)
    row_ids = fields.One2many(
        "hr.career.spending.row", "spending_id", string="Figures", readonly=True
    )

    _once_per_year = models.Constraint(
        "UNIQUE (company_id, year)",
        "This year has been published already; its figures never appear twice.",
    )

    @api.depends("company_id", "year")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for one in self:
            one.display_name = self.env._(
                "%(company)s, spending %(year)s",
                company=one.company_id.name,
                year=one.year,
            )

    def _content(self):
        """Return what the fingerprint covers, from the stored values."""
        self.ensure_one()
        return {
            "company": self.company_id.id,
            "year": self.year,
            "published_on": self.published_on.isoformat(),
            "state": self.state,
            "currency": self.currency,
            "parameters": self.parameters,
            "previous": self.previous_digest,
            "rows": [row._content() for row in self.row_ids],
        }

    @api.model
    def _freeze(self, figures):
        """Store the figures of a year; called by the release job only."""
        record = self.create(
            {
                "company_id": figures.company,
                "year": figures.year,
                "published_on": figures.published_on,
                "state": figures.state,
                "currency": figures.currency,
                "parameters": figures.parameters,
                "digest": figures.fingerprint(),
                "previous_digest": figures.previous,
            }
        )
        self.env["hr.career.spending.row"].create(
            [
                row.content()
                | {
                    "spending_id": record.id,
                    "sequence": sequence,
                    "has_amount": row.amount is not None,
                    "amount": row.amount or 0,
                }
                for sequence, row in enumerate(figures.rows)
            ]
        )
        return record


class HrCareerSpendingRow(models.Model):
    """What was published about one budget, or about one kind of help in it."""

    _name = "hr.career.spending.row"
    _description = "Spending figure"
    _inherit = ["hr.career.write.once"]
    _log_access = False
    _order = "spending_id desc, sequence"
    _rec_name = "label"

    spending_id = fields.Many2one(
        "hr.career.spending",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    sequence = fields.Integer(readonly=True, aggregator=None)
    # A number and no relation: a budget can be removed, a figure cannot.
    budget = fields.Integer(
        string="Number of the budget", readonly=True, aggregator=None
    )
    label = fields.Char(string="Budget", required=True, readonly=True)
    kind = fields.Char(readonly=True)
    headcount = fields.Integer(string="People", readonly=True, aggregator=None)
    price = fields.Integer(string="List price", readonly=True, aggregator=None)
    otherwise = fields.Char(readonly=True)
    shown = fields.Integer(readonly=True, aggregator=None)
    low = fields.Integer(string="From", readonly=True, aggregator=None)
    high = fields.Integer(string="To", readonly=True, aggregator=None)
    top = fields.Boolean(string="Or more", readonly=True)
    has_amount = fields.Boolean(readonly=True)
    amount = fields.Integer(readonly=True, aggregator=None)

    _large_group = models.Constraint(
        "CHECK (headcount >= 20)", "A published budget is for 20 people or more."
    )
    _multiple_of_five = models.Constraint(
        "CHECK (shown % 5 = 0)", "A published figure is a multiple of five."
    )
    _wide_range = models.Constraint(
        "CHECK (low >= 0 AND high - low >= 4)",
        "The range of a published figure holds at least five numbers.",
    )
    _rounded_amount = models.Constraint(
        "CHECK (amount % 100 = 0 AND (has_amount OR amount = 0))",
        "A published amount is a multiple of a hundred.",
    )

    def _row(self):
        """Return the row as the engine knows it."""
        self.ensure_one()
        return spending.Row(
            budget=self.budget,
            label=self.label,
            kind=self.kind or "",
            headcount=self.headcount,
            price=self.price,
            otherwise=self.otherwise or "",
            figure=spending.Figure(self.shown, self.low, self.high, self.top),
            amount=self.amount if self.has_amount else None,
        )

    def _content(self):
        """Return the row as it entered the fingerprint."""
        return self._row().content()
