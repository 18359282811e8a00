"""The ledger of rights: reading it for the engine, reserving, using, giving back."""

from datetime import date
from decimal import Decimal

from odoo.tools import SQL

from ..engine.dates import add_months
from ..engine.values import Use
from . import constants as c
from .errors import CaseworkError
from .opening import claim, holder_index, month_of, owner_index, vault

LEDGER = "hr.career.right.use"


def uses_of(env, employee_ids, on_date=None, logins=None):
    """Return the uses of each employee, for the engine; one query for all of them.

    :param logins: ``{employee_id: user_id}``: only what was asked with that login. HR
        decides which login an employee has, so whoever reads an answer as the employee
        is told of the own requests only
    :param on_date: the day asked about: what was recorded in the month after it (see
        :func:`month_to_record`) was used by then
    :return: ``{employee_id: [engine.values.Use, ...]}``
    """
    found = {number: [] for number in employee_ids}
    with vault(env) as inside:
        by_index = {holder_index(number): number for number in employee_ids}
        condition = SQL("holder_index = ANY(%s)", list(by_index))
        if logins is not None:
            condition = SQL("%s AND %s", condition, _asked_with(logins))
        for index, _traject, use in _read(inside, condition, on_date):
            found[by_index[index]].append(use)
    return found


def _asked_with(logins):
    """Return the condition that a use was asked with the login given for its holder."""
    return SQL(
        """
        (holder_index, COALESCE(asker_index, (
            SELECT owner_index FROM hr_career_traject WHERE id = traject_id
        ))) IN (SELECT * FROM unnest(%s::text[], %s::text[]))
        """,
        [holder_index(number) for number in logins],
        [owner_index(user_id) for user_id in logins.values()],
    )


def _read(inside, condition, on_date):
    """Return ``(holder_index, traject id, Use)`` of each row; numbers are exact."""
    inside[LEDGER].flush_model()
    rows = inside.execute_query(
        SQL(
            """
            SELECT holder_index, traject_id, rule_key, quantity::text, granted::text,
                   month, completed, state
              FROM hr_career_right_use
             WHERE %s
          ORDER BY month, ref
            """,
            condition,
        )
    )
    for index, traject_id, key, quantity, granted, month, completed, state in rows:
        on = min(month, on_date) if on_date else month
        yield (
            index,
            traject_id,
            Use(
                rule_key=key,
                quantity=Decimal(quantity),
                granted=Decimal(granted),
                on=on,
                completed=max(completed, on) if completed else None,
                returned=state == c.RETURNED,
            ),
        )


def month_to_record(today: date, counts) -> date:
    """Return the month a use of today is recorded in: dates are kept no finer.

    It is the first day of today's month, in the employee's favour: what comes back
    after a number of months comes back on a first day of a month. A use on that day
    may belong to what was before, when a block or the employment began later in this
    month. Then it is recorded on the first day of the next month; until that day
    :func:`uses_of` reads it as used today.

    :param counts: function of a day: whether a use on it is taken from what is left
        today

    >>> month_to_record(date(2026, 6, 15), lambda day: True)
    datetime.date(2026, 6, 1)
    >>> month_to_record(date(2026, 6, 15), lambda day: day >= date(2026, 6, 10))
    datetime.date(2026, 7, 1)
    """
    month = month_of(today)
    return month if counts(month) else add_months(month, 1)


def reserve(traject, employee_id, plan):
    """Reserve for ``traject`` what ``plan`` says, inside the scope.

    Each use takes the next free place in the holder's row for that right. Of several
    simultaneous requests all see the same place as free, and the database gives it to
    one of them.

    :param plan: :class:`~.law.Plan`; what it says was granted is a floor under what
        later versions give
    :raise CaseworkError: when another request took it first
    """
    env = traject.env
    holder = holder_index(employee_id)
    taken = env[LEDGER].search(
        [("holder_index", "=", holder), ("rule_key", "=", plan.key)]
    )
    use = env[LEDGER].create(
        {
            "company_id": traject.company_id.id,
            "traject_id": traject.id,
            "rule_key": plan.key,
            "quantity": float(plan.quantity),
            "granted": float(plan.granted),
            "month": plan.month,
            "holder_index": holder,
        }
    )
    # Not their number: what no longer matters is deleted, and leaves a gap.
    last = max(taken.mapped("place"), default=0)
    if not claim(use, "place", last + 1):
        raise CaseworkError(
            env._(
                "Another request for this right was made at the same moment, perhaps "
                "in another window. That one counts; this one was not made."
            )
        )
    traject.awaits_consultation = plan.consults


def start(traject):
    """Turn the reservation of ``traject`` into a use: the work has begun."""
    row_of(traject, c.RESERVED).state = c.USED


def give_back(traject):
    """Return what ``traject`` reserved and did not begin to use."""
    row_of(traject, c.RESERVED).state = c.RETURNED


def complete(traject, today):
    """Record the month in which the work ended; return whether it had begun."""
    row = row_of(traject, c.USED)
    row.completed = month_of(today)
    return bool(row)


def settle(traject, used):
    """Leave ``used`` of what was reserved in the ledger; the rest is free again."""
    row = row_of(traject, c.USED)
    if used:
        row.quantity = float(used)
    else:
        row.state = c.RETURNED


def row_of(traject, *states):
    """Return the row of ``traject``, in one of ``states`` when some are given."""
    domain = [("traject_id", "=", traject.id)]
    if states:
        domain.append(("state", "in", list(states)))
    return traject.env[LEDGER].search(domain, limit=1)


def uses_by_traject(trajects, on_date):
    """Return ``{traject id: Use}`` of the trajects that use a right, in one query."""
    condition = SQL("traject_id = ANY(%s)", trajects.ids)
    return {
        number: use for _index, number, use in _read(trajects.env, condition, on_date)
    }


def use_of(traject, on_date):
    """Return what ``traject`` uses as the engine takes it, or None."""
    return uses_by_traject(traject, on_date).get(traject.id)
