"""The employee's own case: everything in it, and every way out of it."""

from dateutil.relativedelta import relativedelta

from ..engine.voucher import RIGHT
from . import (
    case_vouchers,
    exits,
    followup,
    holds,
    law,
    measures,
    notices,
    own_data,
    purging,
    reminders,
    reserving,
    signals,
    uses,
)
from . import constants as c
from .case import Case, back_to_desk, coach_cards
from .contents import outcome
from .errors import NotYours
from .opening import month_of, move, owner_index, vault

AFTERCARE = relativedelta(months=12)


class EmployeeCase(
    signals.OddOpenings,
    measures.AsksMeasures,
    case_vouchers.MakesVouchers,
    Case,
):
    """The employee's own case."""

    role = "employee"
    audiences = (c.SELF, c.COACH, c.DESK)

    def _domain(self):
        return [("owner_index", "=", owner_index(self.env.uid))]

    def _allowed(self, traject):
        actions = set()
        state = traject.state
        if state in c.RUNNING:
            actions |= {c.WITHDRAW, c.PHASES_ACTION}
        if state in c.WRITABLE:
            actions.add(c.WRITE)
        if (
            state in (c.INTAKE, c.AGREED, c.ACTIVE)
            and traject.coach_id
            and not traject.has_swapped
        ):
            actions.add(c.SWAP)
        if state == c.INTAKE and not traject.is_signed_by_employee:
            actions.add(c.SIGN)
        if state == c.ACTIVE:
            actions.add(c.CLOSE)
        actions |= measures.actions_of_employee(traject)
        if state in c.RUNNING and not traject.awaits_consultation:
            actions.add(c.MAKE_VOUCHER)
        return frozenset(actions)

    @property
    def view(self):
        """Return everything the employee may see: all but the desk's own log lines."""
        with vault(self.env) as inside:
            dossier = self._opened(inside, lock=False)
            traject = dossier.traject
            identity = dossier.identity
            cards = coach_cards(self.env, traject.coach_id)
            return self._view(
                dossier,
                who=identity["name"],
                coach=cards[0] if cards and traject.has_accepted else None,
                contact=identity["address"],
                openings=signals.opening_views(self.env, dossier),
                right=self._right(dossier),
                held=self.hold_reason() or "",
                is_unsettled=traject.is_unsettled,
                deleted_in=_deleted_in(traject),
                measures=measures.views(self.env, dossier),
                rooms=self.rooms(),
                has_code=followup.exists(inside, traject.ref),
                vouchers=self._vouchers(dossier),
            )

    def _right(self, dossier):
        """Return what the case takes of which right; "" when of none."""
        key = uses.row_of(dossier.traject).rule_key
        if not key:
            return ""
        rule = exits.wording(self.env, key, self.door.today)
        return law.right_text(self.env, dossier, rule)

    def _after_write(self, dossier):
        dossier.purge_removed(self.door.today)

    def _notify_other(self):
        with vault(self.env) as inside:
            coach = self._opened(inside, lock=False).traject.coach_id
        if coach:
            notices.notify_coach(self.env, coach)

    def seal_earlier(self):
        """Seal with own keys what was written before there were any."""
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            self._require(dossier.traject, c.WRITE)
            return dossier.seal_earlier()

    def answer_session(self, ref, status):
        """Confirm or cancel a proposed session."""
        if status not in ("confirmed", "cancelled"):
            raise NotYours
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            self._require(dossier.traject, c.WRITE)
            entry = self._session(dossier, ref)
            dossier.reseal(entry, values=dict(entry.fields, status=status))
        self._notify_other()

    def withdraw(self):
        """Stop, at any time. Before the first session the right is whole again."""
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            traject = dossier.traject
            self._require(traject, c.WITHDRAW)
            move(traject, c.WITHDRAWN)
            self._end_work(traject)
            uses.give_back(traject, self.door.today)
            measures.release_waiting(dossier, self.door.today)
            case_vouchers.end_all(dossier, self.door.today)
            coach = traject.coach_id
        if coach:
            notices.notify_coach(self.env, coach)

    def _end_work(self, traject):
        """Record the month; the desk then records what was used of the right."""
        traject.month_closed = month_of(self.door.today)
        if uses.complete(traject, self.door.today):
            key = uses.row_of(traject).rule_key
            unit = exits.wording(self.env, key, self.door.today).unit
            traject.is_unsettled = unit in reserving.CHOOSABLE and bool(
                uses.to_settle(traject)
            )

    def close(self, outcomes, text=""):
        """End the work; only the employee fills in an outcome, and can leave it out."""
        told = outcome(self.env, outcomes, text)
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            traject = dossier.traject
            self._require(traject, c.CLOSE)
            move(traject, c.AFTERCARE)
            self._end_work(traject)
            measures.release_waiting(dossier, self.door.today)
            # What the desk promised from a budget is still paid, as without a voucher.
            case_vouchers.end_all(dossier, self.door.today, pots=(RIGHT,))
            traject.aftercare_until = month_of(self.door.today + AFTERCARE)
            if told:
                dossier.add(c.OUTCOME, c.SELF, self.role, told, self.door.now)
        self._notify_other()

    def swap(self):
        """Ask for another coach: once, without a reason, nothing lost."""
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            traject = dossier.traject
            self._require(traject, c.SWAP)
            former = traject.coach_id
            _exclude(dossier, former.id)
            back_to_desk(dossier)
            traject.has_swapped = True
            company = traject.company_id
        notices.notify_coach(self.env, former)
        notices.notify_desk(self.env, company, self.door.today)

    # -- what belongs to the own data ----------------------------------------------

    def rights_used(self):
        """Return what was used of the own rights, with this login."""
        return own_data.rights_used(self.door, self.door.employees.ids, self.env.uid)

    def reminder(self):
        """Return the own reminder, as the own data has it."""
        known = reminders.reminder_of(self.env)
        return known and {"address": known.address, "months_before": known.months}

    def hold_reason(self):
        """Return why the own cases cannot be deleted, or None."""
        return holds.reason_for(self.env, self.env.uid)


def _exclude(dossier, coach_id):
    """Add a coach to those the desk must not propose again."""
    for entry in dossier.entries((c.DESK,)):
        if entry.row.kind == c.WISHES:
            excluded = sorted({*entry.fields["excluded"], coach_id})
            dossier.reseal(
                entry,
                values=dict(entry.fields, coach=None, coach_name="", excluded=excluded),
            )


def _deleted_in(traject):
    """Return the month in which an ended case is deleted by rule, else None."""
    ended = traject.state in (c.AFTERCARE, *c.ENDED)
    return purging.due_month(traject) if ended else None
