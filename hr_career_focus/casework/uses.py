"""The ledger of rights: reading it for the engine, reserving, using, giving back."""

from dataclasses import replace
from datetime import date

from odoo.tools import SQL

from ..engine.dates import add_months
from ..engine.decimals import ZERO
from ..engine.values import Use
from ..vault import sealing
from ..vault.errors import VaultError
from ..vault.keyring import load_keyring
from . import constants as c
from . import mixing, vouchers
from .errors import CaseworkError
from .opening import claim, holder_index, month_of, owner_index, vault
from .use_rows import LEDGER, Sealed


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
    """Return ``(holder_index, traject id, Use)`` of each row; numbers are exact.

    Two queries, whatever the number of rows: one for them, one for their vouchers.
    """
    inside[LEDGER].flush_model()
    rows = inside.execute_query(
        SQL(
            """
            SELECT holder_index, traject_id, ref, rule_key, sealed, month, completed,
                   state
              FROM hr_career_right_use
             WHERE %s
          ORDER BY month, ref
            """,
            condition,
        )
    )
    ring = load_keyring()
    opened = [Sealed.open(ring, row[2], row[4]) for row in rows]
    known = _vouchers(inside, opened)
    found = []
    for row, sealed in zip(rows, opened, strict=True):
        index, traject_id, _ref, key, _sealed, month, completed, state = row
        on = min(month, on_date) if on_date else month
        quantity, expires, redeemed = sealed.counted(
            [known[ref] for ref in sealed.vouchers if ref in known], on_date
        )
        use = Use(
            rule_key=key,
            quantity=quantity,
            granted=sealed.granted,
            on=on,
            completed=max(completed, on) if completed else None,
            returned=state == c.RETURNED or not quantity,
            expires=expires,
            redeemed=redeemed,
        )
        found.append((index, traject_id, use))
    return found


def _vouchers(inside, opened, lock=False):
    """Return ``{ref: Voucher}`` of all vouchers of some uses."""
    refs = [ref for sealed in opened for ref in sealed.vouchers]
    if not refs:
        return {}
    found = vouchers.by_refs(inside, refs, lock)
    return {ref: voucher for ref, (_row, voucher) in found.items()}


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
    ref = sealing.new_ref()
    content = Sealed(plan.quantity, plan.granted)
    use = env[LEDGER].create(
        {
            "ref": ref,
            "company_id": traject.company_id.id,
            "traject_id": traject.id,
            "rule_key": plan.key,
            "sealed": content.seal(load_keyring(), ref),
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


def give_back(traject, today):
    """Return what ``traject`` reserved and did not begin to use.

    Its vouchers end. What was redeemed of them by now was used.
    """
    row = row_of(traject, c.RESERVED)
    if not row:
        return
    known = _stop_vouchers(row, today)
    if any(one.redeemed for one in known):
        _save(row, replace(_open(row), beside=ZERO))
        row.write({"state": c.USED, "completed": month_of(today)})
    else:
        row.state = c.RETURNED


def complete(traject, today):
    """Record the month in which the work ended; end its vouchers.

    :return: whether the work had begun
    """
    row = row_of(traject, c.USED)
    row.completed = month_of(today)
    sealed = _open(row) if row else None
    if sealed and sealed.vouchers:
        # How much of it lies in vouchers, before what is open of them ends.
        rest = sealed.room(_of_row(row).values())
        _stop_vouchers(row, today)
        _save(row, replace(sealed, beside=rest))
    return bool(row)


def to_settle(traject):
    """Return how much of what was reserved may have been used, without vouchers."""
    sealed = _open(row_of(traject))
    return sealed.quantity if sealed.beside is None else sealed.beside


def settle(traject, used):
    """Leave ``used`` of what was reserved in the ledger; the rest is free again.

    What was redeemed with vouchers counts besides.
    """
    row = row_of(traject, c.USED)
    sealed = _open(row)
    if sealed.vouchers:
        _save(row, replace(sealed, beside=used))
    elif used:
        _save(row, replace(sealed, quantity=used))
    else:
        row.state = c.RETURNED


# -- vouchers of a use ---------------------------------------------------------------


def room_for_voucher(traject):
    """Return for how much of its right ``traject`` can still make a voucher."""
    row = row_of(traject, c.RESERVED, c.USED)
    if not row:
        return ZERO
    sealed = _open(row)
    return sealed.room(_of_row(row).values()) if sealed.beside is None else ZERO


def add_voucher(traject, ref):
    """Note that a voucher was issued from the right of ``traject``."""
    row = row_of(traject, c.RESERVED, c.USED)
    sealed = _open(row)
    _save(row, replace(sealed, vouchers=(*sealed.vouchers, ref)))


def has_vouchers(traject):
    """Tell whether vouchers were issued from the right of ``traject``."""
    row = row_of(traject)
    return bool(row and _open(row).vouchers)


def cut_loose(row, today):
    """Forget which vouchers a use had, and keep what they count for.

    Its case is deleted for good: nothing may lead from the ledger to a voucher. They
    end first: in a case that came back with a backup they are open again.
    """
    try:
        sealed = _open(row)
    except VaultError:
        # A damaged line keeps nobody's case from being deleted.
        return
    if sealed.vouchers:
        rest = sealed.beside
        if rest is None:
            begun = row.state == c.USED
            rest = sealed.room(_of_row(row).values()) if begun else ZERO
        ended = _stop_vouchers(row, today)
        quantity = sum((one.redeemed for one in ended), rest)
        _save(row, Sealed(quantity, sealed.granted))
        if not quantity:
            row.state = c.RETURNED


def _of_row(row, lock=False):
    return _vouchers(row.env, [_open(row)], lock)


def _stop_vouchers(row, today):
    """End the vouchers of a use; return them as they are then."""
    found = vouchers.by_refs(row.env, _open(row).vouchers, lock=True)
    return [vouchers.end(one, voucher, today) for one, voucher in found.values()]


def _open(row):
    return Sealed.open(load_keyring(), row.ref, row.sealed)


def _save(row, sealed):
    row.sealed = sealed.seal(load_keyring(), row.ref)


def mix(inside, _today):
    """Seal all lines anew, in random order."""
    ring = load_keyring()

    def renew(row):
        try:
            sealed = Sealed.open(ring, row["ref"], row["sealed"])
        except VaultError:
            return {}
        return {"sealed": sealed.seal(ring, row["ref"])}

    mixing.rewrite(inside, LEDGER, renew)


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
