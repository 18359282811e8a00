from odoo import fields, models
from odoo.exceptions import AccessError

from ..casework import provider_keys
from ..engine.roles import GROUP_POLICY


class CareerProviderKey(models.TransientModel):
    """Makes, renews and withdraws the key of a provider, and shows a new one once.

    The key is never written down here: it goes from the act to the window that opens
    next, and is gone when that closes.
    """

    _name = "hr.career.provider.key"
    _description = "Key of a provider"

    provider_id = fields.Many2one(
        "hr.career.provider", required=True, readonly=True, ondelete="cascade"
    )
    key_made_on = fields.Date(related="provider_id.key_made_on")
    new_key = fields.Char(store=False, readonly=True)

    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = self.env._("Key of the provider")

    def _opened(self, provider, **context):
        """Return the window about ``provider``."""
        self.check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Key of the provider"),
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {"default_provider_id": provider.id, **context},
        }

    def action_make(self):
        """Draw a key, and open the window that shows it."""
        provider = self._provider()
        return self._opened(provider, default_new_key=provider_keys.make(provider))

    def action_withdraw(self):
        """End the key: who came in with it is out at once."""
        provider_keys.withdraw(self._provider())
        return {"type": "ir.actions.act_window_close"}

    def _provider(self):
        self.ensure_one()
        if not self.env.user.has_group(GROUP_POLICY):
            raise AccessError(self.env._("Only HR policy makes the key of a provider."))
        provider = self.provider_id
        provider.check_access("write")
        return provider
