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

    @api.constrains("model_id", "relation", "related", "depends")
    def _check_not_confidential(self):
        """Refuse a manual field that is on, leads to or follows a confidential model.

        Also one that is turned towards it later. Code that a field computes with is
        stopped by the guard.
        """
        confidential = set(vault_models(self.env))
        for field in self.filtered(lambda one: one.state == "manual"):
            reached = {field.model, field.relation}
            for path in (field.related, *(field.depends or "").split(",")):
                reached |= self._models_along(field.model, path)
            if reached & confidential:
                raise ValidationError(
                    self.env._("No field can be added to a confidential record.")
                )

    def _models_along(self, model, path):
        """Return the names of the models that a dotted path from ``model`` leads to."""
        found = set()
        for part in (path or "").strip().split("."):
            field = self.env[model]._fields.get(part)
            if field is None or not field.comodel_name:
                break
            model = field.comodel_name
            found.add(model)
        return found
