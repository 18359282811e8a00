"""Help from the budget: asked by the employee, answered by the desk.

What was asked is a sealed entry of the case, with a pseudonym. What it takes of the
budget is in the ledger of the line, under that pseudonym and nothing else: how far a
measure is follows from there, so the two cannot disagree. Asking sets the amount aside
at once, so that nobody is promised what is not there.
"""

import secrets
from decimal import Decimal

from babel.numbers import format_currency

from odoo.tools.misc import babel_locale_parse, get_lang

from ..engine import budget as b
from ..engine.voucher_code import SIGNS
from . import budget_words as w
from . import constants as c
from . import notices
from .budgets import (
    LINE,
    amount_of,
    change,
    ledgers,
    lines_for,
    refusal,
    room,
)
from .contents import LONGEST
from .errors import CaseworkError, NotYours
from .opening import Dossier, month_of, vault
from .throttle import count_for_month
from .views_budget import MeasureView, RoomView

# How far a measure is.
WAITING = "waiting"
PROMISED = "promised"
FINISHED = "finished"
DECLINED = b.DECLINED
TAKEN_BACK = b.TAKEN_BACK
ENDED = b.ENDED
#: How often one person can ask in a month, in all cases and with what was refused. Each
#: try tells whether there is room now.
ASKS_A_MONTH = 5


def new_name():
    """Return a pseudonym for a measure: 8 signs without look-alikes, drawn."""
    drawn = "".join(secrets.choice(SIGNS) for _place in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


def mark_of(dossier):
    """Return the mark of a case in all ledgers; drawn with its first measure."""
    known = [entry.fields["whose"] for entry in of_dossier(dossier)]
    return known[0] if known else secrets.token_hex(8)


def kind_label(env, kind):
    """Return what a line is for, in the reader's language."""
    kinds = env["ir.model.fields"].get_field_selection(LINE, "kind")
    return dict(kinds).get(kind, kind)


def money(env, amount, currency):
    """Return an amount as the reader writes it."""
    locale = babel_locale_parse(get_lang(env).code)
    return format_currency(amount, currency or "EUR", locale=locale)


def status_of(part: b.Part) -> str:
    """Return how far a measure is, from what it has of its line."""
    if part.reserved:
        return WAITING
    if part.committed:
        return PROMISED
    if not part.spent and part.why in (DECLINED, TAKEN_BACK, ENDED):
        return part.why
    return FINISHED


def actions_of_employee(traject):
    """Return what the employee may do about measures in the state of the case."""
    if traject.kind == c.CAREER_FOCUS and traject.state in c.RUNNING:
        return {c.ASK_MEASURE}
    return set()


def actions_of_desk(traject):
    """Return what the desk may do about measures in the state of the case."""
    if traject.kind == c.CAREER_FOCUS and traject.state in c.WRITABLE:
        return {c.DECIDE_MEASURE}
    return set()


def rooms(env, employee, today):
    """Return the answers to "is there room for my move?", from last time's snapshot."""
    return tuple(
        RoomView(kind, kind_label(env, kind), has_room)
        for kind, has_room in room(env, employee, today)
    )


def of_dossier(dossier):
    """Return the entries of the measures of a case, oldest first."""
    return [one for one in dossier.entries((c.DESK,)) if one.row.kind == c.MEASURE]


def waiting(inside, dossiers):
    """Return the ids of the cases in which a measure waits, in two queries."""
    by_id = {one.traject.id: one for one in dossiers}
    rows = inside["hr.career.entry"].search_fetch(
        [("traject_id", "in", list(by_id)), ("kind", "=", c.MEASURE)],
        ["ref", "traject_id", "kind", "audience", "sealed"],
    )
    entries = [(row.traject_id.id, by_id[row.traject_id.id]._open(row)) for row in rows]
    lines = inside[LINE].browse({entry.fields["line"] for _case, entry in entries})
    found = ledgers(inside, lines)
    return {
        number
        for number, entry in entries
        if entry.fields["line"] in found
        and found[entry.fields["line"]].part(entry.fields["about"]).reserved
    }


def is_in_a_case(inside, about):
    """Tell whether the measure ``about`` can still be answered in a case."""
    rows = inside["hr.career.entry"].search(
        [("kind", "=", c.MEASURE), ("traject_id.state", "in", list(c.WRITABLE))]
    )
    return any(
        Dossier(row.traject_id)._open(row).fields["about"] == about
        for row in rows
        if row.traject_id.envelope
    )


def release_waiting(dossier, today):
    """Give back what was asked in a case that ends, and not answered yet."""
    for entry in of_dossier(dossier):
        line = line_of(dossier.env, entry)
        about = entry.fields["about"]

        def give_back(ledger, about=about):
            if not ledger.part(about).reserved:
                return ledger
            return ledger.after(ledger.rest(about, month_of(today), ENDED))

        if line:
            change(dossier.env, line, give_back)


def line_of(env, entry):
    """Return the line a measure is asked from; nothing when it is gone."""
    return env[LINE].sudo().browse(entry.fields["line"]).exists()


def views(env, dossier, for_desk=False):
    """Return the measures of a case, the latest first."""
    entries = of_dossier(dossier)
    lines = env[LINE].sudo().browse({one.fields["line"] for one in entries}).exists()
    found = ledgers(dossier.env, lines) if lines else {}
    return tuple(
        _view(env, entry, lines, found.get(entry.fields["line"], b.Ledger()), for_desk)
        for entry in reversed(entries)
    )


def _view(env, entry, lines, ledger, for_desk):
    values = entry.fields
    line = lines.filtered(lambda one: one.id == values["line"])
    part = ledger.part(values["about"])

    def say(amount):
        return money(env, amount, line.currency_id.name)

    return MeasureView(
        ref=entry.ref,
        kind=values["what"],
        label=kind_label(env, values["what"]),
        about=values["about"],
        at=entry.at,
        text=values["text"],
        wanted=say(Decimal(values["wanted"])),
        status=status_of(part),
        committed=say(part.committed) if part.committed else "",
        spent=say(part.spent) if part.spent else "",
        reason=values.get("reason", ""),
        left=say(ledger.balance.left) if for_desk else "",
        wanted_plain=values["wanted"],
        can_be_voucher=values["what"] in w.BY_VOUCHER,
        has_voucher=bool(values.get("voucher")),
        bills=tuple(
            (str(amount), say(amount)) for amount in ledger.bills(values["about"])
        )
        if for_desk and not values.get("voucher")
        else (),
    )


class AsksMeasures:
    """What an employee does about measures. Mixin of the employee's own case."""

    def rooms(self):
        """Return for which kinds of help there is room; nothing without a budget."""
        return rooms(self.env, self.door.employee, self.door.today)

    def ask_measure(self, kind, wanted, text):
        """Ask the desk for help from the budget; return the reference.

        :param wanted: the amount, as it was typed; set aside at once
        :raise CaseworkError: when there is no room for it, or no budget
        """
        env, today = self.env, self.door.today
        if kind not in w.MEASURES:
            raise CaseworkError(env._("Choose what you need help with."))
        wanted = amount_of(env, wanted)
        text = str(text or "").strip()
        if not text or len(text) > LONGEST:
            raise CaseworkError(
                env._("Write in a few sentences what you want to do and why it helps.")
            )
        with vault(env) as inside:
            self._require(self._opened(inside, lock=False).traject, c.ASK_MEASURE)
        self._refuse_too_often()
        with vault(env) as inside:
            dossier = self._opened(inside)
            self._require(dossier.traject, c.ASK_MEASURE)
            about, whose = new_name(), mark_of(dossier)
            line = self._set_aside(dossier, kind, wanted, about, whose)
            ref = dossier.add(
                c.MEASURE,
                c.DESK,
                self.role,
                {
                    "what": kind,
                    "wanted": str(wanted),
                    "text": text,
                    "about": about,
                    "whose": whose,
                    "line": line.id,
                },
                self.door.now,
            )
            company = dossier.traject.company_id
        notices.notify_desk(env, company, today)
        return ref

    def _refuse_too_often(self):
        """Count this try, which stays counted when it is refused."""
        month = month_of(self.door.today)
        asked = count_for_month(self.env, f"asked|{self.env.uid}", month)
        if asked > ASKS_A_MONTH:
            raise CaseworkError(
                self.env._(
                    "You have asked, or tried to, %(times)s times this month. Ask "
                    "again next month, or speak to the desk.",
                    times=ASKS_A_MONTH,
                )
            )

    def _set_aside(self, dossier, kind, wanted, about, whose):
        """Reserve the amount on the first line that has it; return that line."""
        env, today = self.env, self.door.today
        employee = env["hr.employee"].sudo().browse(dossier.identity["employee"])
        # The case stays with its company, and so do its vouchers, whoever moves.
        company = env["res.company"].sudo().browse(dossier.traject.company_id.id)
        lines = lines_for(env, employee.exists(), kind, today, company)
        if not lines:
            raise CaseworkError(
                env._("Your employer has no budget for this kind of help now.")
            )
        move = b.Move(b.RESERVE, wanted, month_of(today), about, whose=whose)
        for line in lines:
            if line.currency_id != lines[0].currency_id:
                continue
            try:
                change(dossier.env, line, lambda ledger: ledger.after(move))
            except b.Refused as refused:
                if refused.code != b.NO_ROOM:
                    raise refusal(env, refused, str) from None
            else:
                return line
        raise CaseworkError(
            env._(
                "There is no room for this amount in the budget now. Nothing was "
                "asked. You can ask for less, or try again next month. Your rights "
                "from the agreement are paid from elsewhere and stay as they are."
            )
        )

    def take_measure_back(self, ref):
        """Take back what was asked, as long as the desk has not answered."""
        env, today = self.env, self.door.today
        with vault(env) as inside:
            dossier = self._opened(inside)
            self._require(dossier.traject, c.ASK_MEASURE)
            entry = measure(dossier, ref)

            def give_back(ledger):
                require(env, ledger, entry, WAITING)
                return ledger.after(
                    ledger.rest(entry.fields["about"], month_of(today), TAKEN_BACK)
                )

            change(inside, line_of(env, entry), give_back)


def measure(dossier, ref):
    """Return the entry of one measure of a case; NotYours when it is none."""
    entry = dossier.entry(ref, (c.DESK,))
    if entry.row.kind != c.MEASURE:
        raise NotYours
    return entry


def require(env, ledger, entry, *statuses):
    """Refuse what does not fit how far a measure is."""
    part = ledger.part(entry.fields["about"])
    if status_of(part) not in statuses or part == b.Part():
        raise CaseworkError(
            env._(
                "This is not possible at this point. Perhaps it was done already, in "
                "another window or by someone else. Nothing was changed."
            )
        )
