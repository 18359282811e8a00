from odoo import fields, models


class CoachSpecialism(models.Model):
    """What a coach is good at, in words an employee can choose by."""

    _name = "hr.career.coach.specialism"
    _description = "Coach specialism"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex(
        "(name) WHERE active", "This specialism already exists."
    )
