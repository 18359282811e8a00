"""Whether an upgrade runs for the first time, or once more.

Whoever writes the version of the addon back can start an upgrade again. What its
scripts take over from before (mandates nobody confirmed, logins without marks, a log
without a line) is taken over once: a later run may not make good what was done since.

Odoo runs the scripts of an upgrade on one connection. The first of them notes it there,
whatever the configuration of the database says; the last takes it away.
"""

from odoo.tools import SQL

#: A setting of the connection.
SETTING = "hr_career_focus.first_run"


def note(cr, is_first):
    """Say to the scripts that follow whether this is the first run."""
    state = "on" if is_first else "off"
    cr.execute(SQL("SELECT set_config(%s, %s, false)", SETTING, state))


def is_noted(cr) -> bool:
    """Tell whether the first script said that this is the first run."""
    cr.execute(SQL("SELECT current_setting(%s, true) = 'on'", SETTING))
    return bool(cr.fetchone()[0])
