"""The one way from the ledgers to the figures: how many measures, to the release job."""

from odoo.exceptions import AccessError

from .budgets import BUDGET, ledgers
from .opening import vault


def closed_year_counts(env, company, year):
    """Return on how many measures money was first spent in a closed year.

    A measure counts once, in the first year, however many bills it had, and not when
    all of it was paid back. Amounts stay in the ledgers: a figure of money is a count
    times the public price of the line.

    :return: ``{budget id: {line id: number}}`` of the company's budgets that run in
        the year, zeros included, for the release job to protect; nothing of it may be
        stored as it is
    :raise AccessError: for anyone but the job, which runs as the system
    """
    if not env.su:
        raise AccessError(env._("Only the release job reads how many there were."))
    found = env[BUDGET].search(
        [
            ("company_id", "=", company.id),
            ("date_from", "<=", f"{year}-12-31"),
            ("state", "!=", "draft"),
        ]
    )
    with vault(env) as inside:
        known = ledgers(inside, found.line_ids)
    counts = {}
    for budget in found:
        numbers = {
            line.id: known[line.id].measures(year)
            for line in budget.line_ids
            if line.id in known
        }
        # One that ended earlier still pays what it promised.
        if budget.date_to.year >= year or any(numbers.values()):
            counts[budget.id] = numbers
    return counts
