"""What happens when the addon is installed and when it is removed."""

from odoo.tools import SQL

from .models.frozen_mixin import REFUSE_FUNCTION
from .models.release_job import HOME_PARAMETER


def post_init_hook(env):
    """Remember which database this is: a copy of it must never publish."""
    env["hr.career.release.job"]._remember_home()


def uninstall_hook(env):
    """Take away what Odoo does not: the trigger function and the parameter."""
    env["ir.config_parameter"].search([("key", "=", HOME_PARAMETER)]).unlink()
    env.cr.execute(
        SQL(
            "DROP FUNCTION IF EXISTS %s() CASCADE",
            SQL.identifier(REFUSE_FUNCTION),
        )
    )
