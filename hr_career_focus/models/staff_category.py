from odoo import fields, models

from ..engine import values

CATEGORY_SELECTION = [
    (values.EMPLOYEE, "Employee"),
    (values.STUDENT, "Student worker"),
    (values.TRAINEE, "Trainee"),
    (values.APPRENTICE, "Apprentice"),
    (values.ON_CALL, "On-call worker"),
    (values.AGENCY, "Agency worker"),
    (values.SEASONAL, "Seasonal worker"),
    (values.SUBSIDISED, "Worker in a subsidised job"),
    (values.FREELANCE, "Freelancer"),
]


class CareerStaffCategory(models.Model):
    """A kind of worker that agreements tell apart: a closed list.

    The engine knows these and no others, so nobody adds one; the name may be put in
    the words of the house.
    """

    _name = "hr.career.staff.category"
    _description = "Kind of Worker"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Selection(CATEGORY_SELECTION, required=True, readonly=True)
    sequence = fields.Integer(default=10)
    contract_type_ids = fields.Many2many(
        "hr.contract.type",
        string="Contract types",
        groups="hr.group_hr_user",
        help="The contract types in your records that mean this kind of worker. Those "
        "that Odoo brings are known already; name one here to read it differently.",
    )

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "There is a kind of worker with this code already."
    )
