"""Keep Odoo's own tools off the confidential models.

Each of these would go around access rights: counting rows with SQL, and hanging a
manual field on a model. Refusing them stops accidents, not an administrator who acts on
purpose (docs/threat-model.md). What else is refused is in ``refusals``.
"""

from odoo import api, models
from odoo.exceptions import ValidationError

from ..vault.inventory import vault_models


class IrModel(models.Model):
    _inherit = "ir.model"

    def _compute_count(self):
        """Count nothing of the vault: how many asked is nobody's to read."""
        confidential = vault_models(self.env)
        vault = self.filtered(lambda model: model.model in confidential)
        vault.count = 0
        return super(IrModel, self - vault)._compute_count()


class IrModelFields(models.Model):
    _inherit = "ir.model.fields"

    @api.model_create_multi
    def create(self, vals_list):
        fields = super().create(vals_list)
        confidential = set(vault_models(self.env))
        for field in fields.filtered(lambda one: one.state == "manual"):
            if {field.model, field.relation} & confidential:
                raise ValidationError(
                    self.env._("No field can be added to a confidential record.")
                )
        return fields
