"""Whether this database is the one in use, or a copy of it.

A copy (for trying out, for training) shares the key file, and with it the purge list.
What a copy deletes may not count against the database in use: there it may be under a
legal hold by now. So only the database in use writes the list; every one reads it.
"""

from ..vault import rehearsal
from .errors import CaseworkError

PARAMETER = "hr_career_focus.home"
#: Parameter: the first day on which a database that was upgraded purges.
FROM = "hr_career_focus.purge_from"


def _name_of(env):
    uuid = env["ir.config_parameter"].sudo().get_param("database.uuid")
    return f"{uuid}|{env.cr.dbname}"


def remember(env):
    """Note that this database is the one in use."""
    env["ir.config_parameter"].sudo().set_param(PARAMETER, _name_of(env))


def forget(env):
    """Delete what was noted: the addon is removed."""
    names = [PARAMETER, FROM]
    env["ir.config_parameter"].sudo().search([("key", "in", names)]).unlink()


def is_home(env) -> bool:
    """Tell whether this is the database in use: its identity and its name."""
    return env["ir.config_parameter"].sudo().get_param(PARAMETER) == _name_of(env)


def refuse_in_a_copy(env):
    """Raise CaseworkError in a copy: what is deleted there is not deleted."""
    if not is_home(env) and not rehearsal.is_on():
        raise CaseworkError(
            env._(
                "This is a copy of the system, so nothing can be deleted for good "
                "here. If it is the one in use, please tell whoever runs the system: "
                "it was given another name."
            )
        )
