"""That somebody wants to hear before a right lapses. Who, where and when is sealed."""

from odoo import fields, models


class CareerReminder(models.Model):
    _name = "hr.career.reminder"
    _inherit = ["hr.career.vault.mixin"]
    _description = "Reminder"
    _log_access = False

    # An index of its own: it cannot be laid beside that of a traject.
    owner_index = fields.Char(
        required=True, readonly=True, index=True, groups=fields.NO_ACCESS
    )
    envelope = fields.Text(required=True, readonly=True, groups=fields.NO_ACCESS)
    sealed = fields.Text(required=True, readonly=True, groups=fields.NO_ACCESS)

    _owner_uniq = models.UniqueIndex("(owner_index)")
