"""The one way from the vault to the figures: who started when, to the release job."""

from odoo.exceptions import AccessError

from . import constants as c
from .opening import TRAJECT, Dossier, standing, vault


def first_starts(env, company, year):
    """Return when each participant of a calendar year first started.

    :return: ``{employee_id: first day of the month}``, for the release job to count
        and forget; nothing of it may be stored
    :raise AccessError: for anyone but the job, which runs as the system
    """
    if not env.su:
        raise AccessError(env._("Only the release job reads who took part."))
    starts = {}
    with vault(env) as inside:
        trajects = inside[TRAJECT].search(
            [
                ("company_id", "=", company.id),
                ("kind", "in", list(c.KINDS_COUNTED)),
                ("month_started", ">=", f"{year}-01-01"),
                ("month_started", "<=", f"{year}-12-31"),
            ]
        )
        # a case whose key was destroyed can no longer be joined to anyone
        for traject in standing(trajects.filtered("envelope")):
            number = Dossier(traject).identity["employee"]
            known = starts.get(number)
            if known is None or traject.month_started < known:
                starts[number] = traject.month_started
    return starts
