"""The ledger of rights: reading it for the engine, reserving, using, giving back."""

from decimal import Decimal

from ..engine.values import Use
from . import constants as c
from .errors import CaseworkError
from .opening import claim, holder_index, month_of, vault

LEDGER = "hr.career.right.use"


def uses_of(env, employee_ids, on_date=None):
    """Return the uses of each employee, for the engine; one query for all of them.

    :return: ``{employee_id: [engine.values.Use, ...]}``
    """
    found = {number: [] for number in employee_ids}
    with vault(env) as inside:
        by_index = {holder_index(number): number for number in employee_ids}
        rows = inside[LEDGER].search_fetch(
            [("holder_index", "in", list(by_index))],
            ["holder_index", "rule_key", "quantity", "granted", "month", "state"],
        )
        for row in rows:
            found[by_index[row.holder_index]].append(
                Use(
                    rule_key=row.rule_key,
                    quantity=Decimal(str(row.quantity)),
                    granted=Decimal(str(row.granted)),
                    on=row.month,
                    returned=row.state == c.RETURNED,
                )
            )
    return found


def reserve(traject, employee_id, rule, quantity, today):
    """Reserve ``quantity`` of the right ``rule`` for ``traject``, inside the scope.

    Each use takes the next free place in the holder's row for that rule. Of several
    simultaneous requests all see the same place as free, and the database gives it to
    one of them.

    :raise CaseworkError: when another request took it first
    """
    env = traject.env
    holder = holder_index(employee_id)
    key = rule.right_key
    taken = env[LEDGER].search_count(
        [("holder_index", "=", holder), ("rule_key", "=", key)]
    )
    use = env[LEDGER].create(
        {
            "company_id": traject.company_id.id,
            "traject_id": traject.id,
            "rule_key": key,
            "quantity": float(quantity),
            "granted": rule.quantity,
            "month": month_of(today),
            "holder_index": holder,
        }
    )
    if not claim(use, "place", taken + 1):
        raise CaseworkError(
            env._(
                "Another request for this right was made at the same moment, perhaps "
                "in another window. That one counts; this one was not made."
            )
        )


def start(traject):
    """Turn the reservation of ``traject`` into a use: the work has begun."""
    _of(traject, c.RESERVED).state = c.USED


def give_back(traject):
    """Return what ``traject`` reserved and did not begin to use."""
    _of(traject, c.RESERVED).state = c.RETURNED


def rule_key_of(traject):
    """Return the key of the right ``traject`` draws on, or None."""
    row = traject.env[LEDGER].search([("traject_id", "=", traject.id)], limit=1)
    return row.rule_key or None


def _of(traject, state):
    return traject.env[LEDGER].search(
        [("traject_id", "=", traject.id), ("state", "=", state)]
    )
