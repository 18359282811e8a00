"""The sealed ledgers of budget lines: the only code that opens them.

One row for each line, made with the line, all of one length until there are very many
moves. A change locks the row, reads it anew and seals it whole: one update is one act,
and of simultaneous ones each sees what the other did. Every night all rows are sealed
anew in random order, so that two copies of the table say nothing about what happened
between them.
"""

import json
from datetime import date
from decimal import Decimal

from odoo.tools import SQL

from ..engine import budget as b
from ..vault import sealing
from ..vault.blind_index import blind
from ..vault.errors import Unsealable, VaultError
from ..vault.keyring import load_keyring
from . import budget_words as w
from . import mixing
from .errors import CaseworkError
from .opening import month_of, vault

LEDGER = "hr.career.budget.ledger"
BUDGET = "hr.career.budget"
LINE = "hr.career.budget.line"
#: Purposes of the key of the ledgers, and of the hash that says whose each is.
KEY = "budget-ledger"
INDEX = "budget-line"
#: Every ledger is this long, or twice, four times ... as long.
SMALLEST = 8 * 1024
#: The answer about room changes where a budget is for at least so many people.
FEWEST = 20


def line_key(line_id: int) -> str:
    """Return the keyed hash under which the ledger of a line is found."""
    return blind(load_keyring(), INDEX, line_id)


def empty(line) -> b.Ledger:
    """Return the ledger a line begins with."""
    return b.Ledger(capped=line.kind != w.RIGHTS)


def _sealed(ref, key, ledger):
    text = json.dumps(ledger.to_json(), separators=(",", ":"))
    size = SMALLEST
    while size < len(text):
        size *= 2
    secret = load_keyring().derive(KEY)
    place = sealing.place(LEDGER, ref, key)
    return sealing.seal(secret, text.ljust(size).encode(), place)


def _opened(ref, key, sealed):
    secret = load_keyring().derive(KEY)
    text = sealing.open_sealed(secret, sealed, sealing.place(LEDGER, ref, key))
    try:
        return b.Ledger.from_json(json.loads(text))
    except b.Broken as error:
        raise Unsealable("The ledger of a budget line is damaged.") from error


# -- rows --------------------------------------------------------------------------


def make(env, lines):
    """Make the ledger of each of ``lines``."""
    with vault(env) as inside:
        for line in lines:
            ref, key = sealing.new_ref(), line_key(line.id)
            inside[LEDGER].create(
                {"ref": ref, "line_key": key, "sealed": _sealed(ref, key, empty(line))}
            )


def forget(env, lines):
    """Delete the ledgers of ``lines``, which were never in an open budget."""
    keys = [line_key(number) for number in lines.ids]
    with vault(env) as inside:
        inside[LEDGER].search([("line_key", "in", keys)]).unlink()


def ledgers(inside, lines) -> dict:
    """Return ``{line id: Ledger}``, in one query. A line without a row is left out."""
    keys = {line_key(number): number for number in lines.ids}
    inside[LEDGER].flush_model()
    rows = inside.execute_query(
        SQL(
            "SELECT ref, line_key, sealed FROM hr_career_budget_ledger"
            " WHERE line_key = ANY(%s)",
            list(keys),
        )
    )
    return {keys[key]: _opened(ref, key, sealed) for ref, key, sealed in rows}


def change(inside, line, act) -> b.Ledger:
    """Let ``act`` turn the ledger of ``line`` into the next one; return that.

    Whoever waited for another's change is told so by the database, and the request is
    run again from the start, as with :meth:`~.opening.Dossier.lock`.

    :param act: function of a ledger; what it raises leaves everything as it was
    """
    key = line_key(line.id)
    inside[LEDGER].flush_model()
    inside.cr.execute(
        SQL(
            "SELECT id, ref, sealed FROM hr_career_budget_ledger"
            " WHERE line_key = %s FOR UPDATE",
            key,
        ),
        log_exceptions=False,
    )
    row = inside.cr.fetchone()
    if not row:
        raise Unsealable("The ledger of a budget line is missing.")
    number, ref, sealed = row
    before = _opened(ref, key, sealed)
    after = act(before)
    if after != before:
        _write(inside, number, _sealed(ref, key, after))
    return after


def _write(inside, number, sealed):
    inside.cr.execute(
        SQL(
            "UPDATE hr_career_budget_ledger SET sealed = %s WHERE id = %s",
            sealed,
            number,
        ),
        log_exceptions=False,
    )
    inside[LEDGER].invalidate_model(["sealed"], flush=False)


def mix(inside, _today):
    """Seal all ledgers anew, and put their rows in another order: for the night."""

    def renew(row):
        ref, key = row["ref"], row["line_key"]
        try:
            return {"sealed": _sealed(ref, key, _opened(ref, key, row["sealed"]))}
        except VaultError:
            # As it is: one damaged row keeps nobody else waiting.
            return {}

    mixing.rewrite(inside, LEDGER, renew)


# -- the plan ----------------------------------------------------------------------


def exact(amount) -> Decimal:
    """Return an amount of a plan or a price as an exact number of cents."""
    return Decimal(str(round(amount or 0, 2))).quantize(Decimal("0.01"))


def plan(env, lines, today=None):
    """Grant each line what is planned for it now, on top of what it was granted."""
    today = today or date.today()
    with vault(env) as inside:
        for line in lines.sudo().filtered(lambda one: one.kind != w.RIGHTS):
            planned = exact(line.planned)

            def grant(ledger, planned=planned):
                known = sum(
                    (one.amount for one in ledger.moves if one.why == b.PLANNED),
                    Decimal(0),
                )
                if planned <= known:
                    return ledger
                move = b.Move(
                    b.CORRECT, planned - known, month_of(today), why=b.PLANNED
                )
                return ledger.after(move)

            change(inside, line, grant)


# -- which line, and whether there is room -------------------------------------------


def open_budgets(env, companies, today):
    """Return the budgets of ``companies`` that are open and in force on a day."""
    return (
        env[BUDGET]
        .sudo()
        .search(
            [
                ("company_id", "in", companies.ids),
                ("state", "=", w.OPEN),
                ("date_from", "<=", today),
                ("date_to", ">=", today),
            ]
        )
    )


def budgets_for(env, employee, today, company=None):
    """Return the budgets for an employee: of the own division first, then wider ones.

    A division's budget is for everybody under it too.

    :param company: of the case; without one the company of the employee
    """
    found = open_budgets(env, company or employee.company_id, today)
    own, division = env[BUDGET].sudo(), employee.sudo().department_id
    while division:
        own |= found.filtered(
            lambda one, division=division: one.department_id == division
        )
        division = division.parent_id
    return own | found.filtered(lambda one: not one.department_id)


def lines_for(env, employee, kind, today, company):
    """Return the lines that could pay for a measure, the one to try first in front."""
    lines = env[LINE].sudo()
    for budget in budgets_for(env, employee, today, company):
        lines |= budget.line_ids.filtered(lambda one: one.kind == kind)
    return lines


def room(env, employee, today):
    """Return ``[(kind, whether there is room)]`` of what the budgets have lines for.

    As it was on the first day of the month. Reads no ledger, and leaves no trace.
    """
    lines = budgets_for(env, employee, today).line_ids
    return [
        (kind, any(one.has_room for one in lines if one.kind == kind))
        for kind in w.MEASURES
        if kind in lines.mapped("kind")
    ]


def begin_room(env, budget, today):
    """Give the first answers of a budget that opens: nothing was asked in it yet."""
    begin_room_of(budget.line_ids)
    budget.sudo().room_month = month_of(today)


def begin_room_of(lines):
    """Give the first answers of lines in which nothing was asked yet."""
    for line in lines.sudo():
        line.has_room = line.kind == w.RIGHTS or 0 < line.planned >= line.list_price


def take_room(env, today):
    """Answer anew whether there is room, once a month, for all lines alike.

    The first answer stays where a budget is for few: another one would say of them
    that somebody has asked.
    """
    month = month_of(today)
    due = env[BUDGET].sudo().search([("state", "=", w.OPEN)])
    due = due.filtered(lambda one: one.room_month != month)
    many = due.filtered(_is_for_many)
    with vault(env) as inside:
        found = ledgers(inside, many.line_ids)
    for line in many.line_ids:
        price = max(exact(line.list_price), Decimal("0.01"))
        known = found.get(line.id)
        line.write({"has_room": bool(known) and known.has_room(price)})
    due.write({"room_month": month})


def _is_for_many(budget):
    domain = [("company_id", "=", budget.company_id.id)]
    if budget.department_id:
        domain.append(("department_id", "child_of", budget.department_id.id))
    staff = budget.env["hr.employee"].sudo()
    return staff.search_count(domain, limit=FEWEST) >= FEWEST


# -- refusals ----------------------------------------------------------------------


def refusal(env, refused: b.Refused, amounts) -> CaseworkError:
    """Return what the desk reads when a ledger refuses.

    :param amounts: function of an amount: as the reader reads it
    """
    if refused.code == b.NO_ROOM:
        return CaseworkError(
            env._(
                "There is not that much left on this line: at most %(most)s. Nothing "
                "was changed.",
                most=amounts(refused.most),
            )
        )
    if refused.code == b.TOO_MUCH:
        return CaseworkError(
            env._(
                "That is more than there is: at most %(most)s. Nothing was changed.",
                most=amounts(refused.most),
            )
        )
    if refused.code == b.NO_BILL:
        return CaseworkError(
            env._(
                "There is no such bill any more. Perhaps it was taken back already, in "
                "another window or by someone else. Nothing was changed."
            )
        )
    return no_amount(env)


def no_amount(env):
    """Return the error for what is no amount of money."""
    return CaseworkError(env._("Fill in an amount in euros and cents, as 1250.00."))


def amount_of(env, text) -> Decimal:
    """Return the amount that was typed, comma or point.

    :raise CaseworkError: when it is none, or not more than zero
    """
    text = str(text or "").strip().replace(" ", "").replace(",", ".")
    if text.isascii() and text.replace(".", "", 1).isdigit() and len(text) < 14:
        amount = Decimal(text)
        if b.CENT <= amount <= b.MOST and amount == amount.quantize(b.CENT):
            return amount.quantize(b.CENT)
    raise no_amount(env)
