from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..engine.roles import CONFIDENTIAL_GROUPS, INCOMPATIBLE_GROUPS


class ResGroups(models.Model):
    """No group hands out coach or desk in passing, and no group mixes the roles.

    The same rule as on the login, for whoever works from the side of the groups.
    """

    _inherit = "res.groups"

    @api.constrains("user_ids", "implied_ids", "implied_by_ids")
    def _check_career_roles(self):
        # Closures come from a cache that the new implications have not reached yet.
        self.env.registry.clear_cache("groups")
        Users = self.env["res.users"]
        confidential = Users._career_groups(CONFIDENTIAL_GROUPS)
        incompatible = Users._career_groups(INCOMPATIBLE_GROUPS)
        for group in confidential:
            for other in group.all_implied_by_ids - group:
                raise ValidationError(
                    self.env._(
                        "“%(other)s” cannot include the role “%(role)s”. The role is "
                        "given to one login at a time, so that employees can see who "
                        "holds it.",
                        other=other.full_name,
                        role=group.name,
                    )
                )
        self._refuse_mixed_logins(confidential, incompatible)

    @api.model
    def _refuse_mixed_logins(self, confidential, incompatible):
        """Raise when a change of groups has mixed a login, archived ones too."""
        if not confidential or not incompatible:
            return
        mixed = (
            self.env["res.users"]
            .sudo()
            .with_context(active_test=False)
            .search(
                Domain("group_ids.all_implied_ids", "in", confidential.ids)
                & Domain("group_ids.all_implied_ids", "in", incompatible.ids),
                order="id",
            )
        )
        mixed._check_career_roles()
