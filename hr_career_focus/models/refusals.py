"""Nothing outside the wall may be set on a confidential model, whatever kind it is.

A record rule, an access right, a server action, an automation, a filter, a default, an
export, a report, a mail template, an activity, a follower, an attachment...: each names
the model it is for. That is refused here in one place, for every model that can name
another one, so that a kind that a later addon brings is refused too. It stops accidents
and makes trying visible; SQL on purpose is for sealing and the self-check.
"""

from odoo import api, models, tools
from odoo.exceptions import ValidationError

from ..vault import scope
from ..vault.inventory import vault_models

#: The registry's own book-keeping; manual fields are refused in ``ir_model``.
OF_THE_REGISTRY = {
    "ir.model",
    "ir.model.constraint",
    "ir.model.fields",
    "ir.model.fields.selection",
    "ir.model.inherit",
    "ir.model.relation",
}


def names_a_model(field):
    """Tell whether a field may hold which model a record is for."""
    if not field.store:
        return False
    if field.type == "many2one":
        return field.comodel_name in ("ir.model", "ir.model.fields")
    if field.type in ("char", "selection"):
        return "model" in field.name or field.name == "resource"
    return field.type == "reference"


def model_named(record, field):
    """Return the technical name of the model that ``field`` holds, or ""."""
    value = record[field.name]
    if field.type == "many2one":
        return value.model or ""
    if field.type == "reference":
        return value._name if value is not None and value is not False else ""
    return value or ""


class Base(models.AbstractModel):
    """Looks at what every record that is saved is for."""

    _inherit = "base"

    def _validate_fields(self, field_names, excluded_names=()):
        field_names = list(field_names)
        super()._validate_fields(field_names, excluded_names)
        pointing = self._career_pointing()
        if not pointing or scope.is_open() or not self.env.registry.ready:
            return
        changed = pointing.intersection(field_names)
        if self._name in ("ir.rule", "ir.model.access"):
            # Switching one off, or giving it other words, is as good as a new one.
            changed = pointing
        confidential = set(vault_models(self.env)) if changed else ()
        for record in self.sudo():
            for name in changed:
                if model_named(record, self._fields[name]) in confidential:
                    raise ValidationError(
                        self.env._(
                            "This is about a confidential record of Career Focus. "
                            "Nothing else may read it, change it, show it or send it, "
                            "so this cannot be saved."
                        )
                    )

    @api.model
    @tools.ormcache("self._name")
    def _career_pointing(self):
        """Return the names of the fields that say which model a record is for."""
        if self._name in OF_THE_REGISTRY:
            return frozenset()
        return frozenset(
            name for name, field in self._fields.items() if names_a_model(field)
        )


class IrRule(models.Model):
    _inherit = "ir.rule"

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_confidential(self):
        refuse_deleting(self)


class IrModelAccess(models.Model):
    _inherit = "ir.model.access"

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_confidential(self):
        refuse_deleting(self)


def refuse_deleting(rows):
    """Refuse to delete rules and rights of confidential models but with the addon."""
    env = rows.env
    if scope.is_open() or not env.registry.ready:
        return
    if set(rows.sudo().model_id.mapped("model")) & set(vault_models(env)):
        raise ValidationError(
            env._(
                "This protects confidential records of Career Focus, so it cannot be "
                "deleted. It goes when the app is uninstalled."
            )
        )
