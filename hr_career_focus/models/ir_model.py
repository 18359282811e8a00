"""Keep Odoo's own tools off the confidential models.

Each of these would go around access rights: counting rows with SQL, hanging a manual
field on a model, and saving a default that every internal user can read. Refusing them
stops accidents, not an administrator who acts on purpose (docs/threat-model.md).
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


class IrDefault(models.Model):
    _inherit = "ir.default"

    @api.model
    def set(self, model_name, *args, **kwargs):
        """Refuse defaults on the vault: every internal user can read them."""
        if model_name in vault_models(self.env):
            raise ValidationError(
                self.env._("No default can be set on a confidential record.")
            )
        return super().set(model_name, *args, **kwargs)
