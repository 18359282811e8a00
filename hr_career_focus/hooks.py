"""What happens once: when the addon is installed, and when it is removed."""

from odoo import fields
from odoo.tools import SQL

from .casework import home, login_register, vouchers
from .casework.access_log import begin
from .casework.opening import vault
from .selfcheck.run import take_first
from .vault.inventory import vault_models
from .vault.keyring import ensure_key_file
from .vault.purged import ensure_list


def post_init_hook(env):
    """Make sure the vault has its key, its lists, its log, its pool and login marks.

    All of it before anyone can ask for anything.
    """
    ensure_key_file()
    ensure_list()
    login_register.register_all(env)
    begin(env, fields.Datetime.now())
    home.remember(env)
    with vault(env) as inside:
        vouchers.mix(inside, fields.Date.today())
    take_first(env)


def uninstall_hook(env):
    """Take the functions away that draw ids or keep rows; tables go with the addon.

    The key file stays: other databases of this server may need it.
    """
    for model in vault_models(env):
        function = SQL.identifier(f"{env[model]._table}_random_id")
        env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s() CASCADE", function))
    for table in ("hr_career_access", "hr_career_settlement"):
        function = SQL.identifier(f"{table}_keep")
        env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s() CASCADE", function))
    home.forget(env)
