"""The tree of departments as it stood when a year began."""

from odoo import fields, models

from ..engine.register import COMPANY, Unit
from .frozen_mixin import publishing


class HrCareerReleaseUnit(models.Model):
    """A department of a reporting year: number, number above it, name.

    HR history says who worked in which department on 1 January, but not which
    department belonged to which. This is that tree, kept from the first day the job
    runs in the year, so that a reorganisation shows from the next year on.
    """

    _name = "hr.career.release.unit"
    _description = "Unit of a reporting year"
    _inherit = ["hr.career.write.once"]
    # Who wrote it and when is nobody's business; and a column that points to a user
    # would have to change when that user is deleted.
    _log_access = False
    _order = "company_id, year desc, label, unit"
    _rec_name = "label"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict"
    )
    year = fields.Integer(required=True, readonly=True, aggregator=None)
    unit = fields.Integer(required=True, readonly=True, aggregator=None)
    parent = fields.Integer(string="Unit above", readonly=True, aggregator=None)
    label = fields.Char(string="Name", required=True, readonly=True)

    _once_per_year = models.Constraint(
        "UNIQUE (company_id, year, unit)", "A unit is kept once per year."
    )

    def _of_year(self, company, year):
        """Return the tree of `year` as engine units; keep it if it is not kept yet."""
        kept = self.search([("company_id", "=", company.id), ("year", "=", year)])
        if not kept:
            with publishing():
                kept = self.create(
                    [
                        {
                            "company_id": company.id,
                            "year": year,
                            "unit": unit.id,
                            "parent": unit.parent,
                            "label": unit.label,
                        }
                        for unit in self._today(company)
                    ]
                )
        return tuple(Unit(row.unit, row.parent, row.label) for row in kept)

    def _today(self, company):
        """Return the departments of a company as they are now."""
        departments = (
            self.env["hr.department"]
            .sudo()
            .with_context(lang=company.partner_id.lang or "en_US")
            .search_fetch(
                [("company_id", "in", (company.id, False))],
                ["name", "parent_id"],
                order="id",
            )
        )
        return tuple(
            Unit(department.id, department.parent_id.id or COMPANY, department.name)
            for department in departments
        )
