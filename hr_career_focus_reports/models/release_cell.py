"""One published row of a release."""

from odoo import api, fields, models

from ..engine import structure
from ..engine.rounding import Figure
from .group_text import group_text


class HrCareerReleaseCell(models.Model):
    """What was published about one group: its size, and the figure with its range.

    Labels are texts as they were on the day; units are plain numbers, so that renaming,
    merging or removing a department changes nothing here and nothing points here.
    """

    _name = "hr.career.release.cell"
    _description = "Uptake figure"
    _inherit = ["hr.career.write.once"]
    # Who wrote it and when is nobody's business; and a column that points to a user
    # would have to change when that user is deleted.
    _log_access = False
    _order = "release_id desc, sequence"
    _rec_name = "label"

    release_id = fields.Many2one(
        "hr.career.release",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    sequence = fields.Integer(readonly=True, aggregator=None)
    table = fields.Selection(selection="_selection_table", required=True, readonly=True)
    code = fields.Char(required=True, readonly=True)
    label = fields.Char(string="Group", required=True, readonly=True)
    unit = fields.Integer(readonly=True, aggregator=None)
    parent = fields.Integer(string="Unit above", readonly=True, aggregator=None)
    depth = fields.Integer(readonly=True, aggregator=None)
    headcount = fields.Integer(string="People", readonly=True, aggregator=None)
    shown = fields.Integer(readonly=True, aggregator=None)
    low = fields.Integer(string="From", readonly=True, aggregator=None)
    high = fields.Integer(string="To", readonly=True, aggregator=None)
    top = fields.Boolean(string="Or more", readonly=True)
    group_text = fields.Char(string="About", compute="_compute_group_text")
    figure_text = fields.Char(string="Took part", compute="_compute_figure_text")

    # What a mistake elsewhere could never publish: a small group, an exact count.
    _large_group = models.Constraint(
        "CHECK (headcount >= 20)", "A published group has 20 people or more."
    )
    _multiple_of_five = models.Constraint(
        "CHECK (shown % 5 = 0)", "A published figure is a multiple of five."
    )
    _wide_range = models.Constraint(
        "CHECK (low >= 0 AND high <= headcount AND high - low >= 4)",
        "The range of a published figure holds at least five numbers.",
    )

    @api.model
    def _selection_table(self):
        return [
            (structure.COMPANY, self.env._("Company")),
            (structure.TREE, self.env._("Unit")),
            (structure.AGE, self.env._("Age")),
            (structure.EDUCATION, self.env._("Education")),
            (structure.CONTRACT, self.env._("Contract")),
            (structure.GENDER, self.env._("Gender")),
        ]

    @api.depends("table", "code", "label")
    @api.depends_context("lang")
    def _compute_group_text(self):
        for cell in self:
            cell.group_text = group_text(self.env, cell.table, cell.code, cell.label)

    @api.depends("shown", "low", "high", "top")
    @api.depends_context("lang")
    def _compute_figure_text(self):
        for cell in self:
            if cell.top:
                cell.figure_text = self.env._("%s or more", cell.low)
            else:
                cell.figure_text = self.env._(
                    "%(low)s to %(high)s", low=cell.low, high=cell.high
                )

    def _figure(self):
        """Return the published figure as the engine knows it."""
        self.ensure_one()
        return Figure(self.shown, self.low, self.high, self.top)

    def _content(self):
        """Return the row as it entered the fingerprint."""
        self.ensure_one()
        return {
            name: self[name]
            for name in (
                "table",
                "code",
                "label",
                "unit",
                "parent",
                "depth",
                "headcount",
                "shown",
                "low",
                "high",
                "top",
            )
        }
