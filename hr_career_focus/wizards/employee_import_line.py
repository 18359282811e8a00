"""One row of the report of an employee file."""

from odoo import fields, models

from ..importer.planning import CREATE, ERRONEOUS, UNCHANGED, UPDATE


class EmployeeImportLine(models.TransientModel):
    """What an import would do, or did, with one row of the file."""

    _name = "hr.career.employee.import.line"
    _description = "Row of an Employee File"
    _order = "row, id"

    import_id = fields.Many2one(
        "hr.career.employee.import", required=True, ondelete="cascade", index=True
    )
    row = fields.Integer(
        readonly=True, help="The row in your spreadsheet; the headings are row 1."
    )
    number = fields.Char(string="Employee Number", readonly=True)
    name = fields.Char(readonly=True)
    outcome = fields.Selection(
        [
            (CREATE, "New"),
            (UPDATE, "Change"),
            (UNCHANGED, "Unchanged"),
            (ERRONEOUS, "Error"),
        ],
        readonly=True,
    )
    needs_attention = fields.Boolean(readonly=True)
    detail = fields.Text(
        readonly=True, string="What Happens, and What to Do", help="Per column."
    )
