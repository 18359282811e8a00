"""The one way from the ledgers to the figures: who was helped, to the release job."""

from odoo.exceptions import AccessError

from . import budget_words as w
from .budgets import BUDGET, ledgers
from .opening import vault


def closed_year_marks(env, company, year):
    """Return for which cases money was first spent in a closed year.

    A case is a mark that was drawn for it and leads to nobody. It is in each line that
    helped it, in the first year, however many bills there were, and not when all of it
    was paid back. Rights have no marks: their figure is the published uptake.

    :return: ``{budget id: {line id: frozenset of marks}}`` of the company's budgets
        that began by the end of the year, for the release job to count and protect;
        nothing of it may be stored
    :raise AccessError: for anyone but the job, which runs as the system
    """
    if not env.su:
        raise AccessError(env._("Only the release job reads how many there were."))
    found = env[BUDGET].search(
        [
            ("company_id", "=", company.id),
            ("date_from", "<=", f"{year}-12-31"),
            ("state", "!=", w.DRAFT),
        ]
    )
    lines = found.line_ids.filtered(lambda one: one.kind != w.RIGHTS)
    with vault(env) as inside:
        known = ledgers(inside, lines)
    return {
        budget.id: {
            line.id: known[line.id].helped(year)
            for line in budget.line_ids
            if line.id in known
        }
        for budget in found
    }
