"""The coach's door: offered and accepted cases, and what is shared there."""

from datetime import datetime

from ..engine.roles import GROUP_COACH
from . import constants as c
from . import contents, exits, logins, notices
from .access_log import log_all_once
from .case import (
    PURPOSE_CASE,
    PURPOSE_LIST,
    Case,
    Door,
    back_to_desk,
    begin,
)
from .errors import CaseworkError, NotYours
from .opening import TRAJECT, Dossier, move, standing, vault


class CoachDoor(Door):
    """What a coach can do. NotYours for a login without the role and a coach record."""

    def __init__(self, env, now=None):
        super().__init__(env, now)
        self.coach = env["hr.career.coach"].sudo().search([("user_id", "=", env.uid)])
        if not self.coach or not env.user.has_group(GROUP_COACH):
            raise NotYours
        logins.require_second_factor(env)

    def domain(self):
        """Return the domain of the coach's own cases: none after they ended."""
        return [("coach_id", "=", self.coach.id), ("state", "in", list(c.WRITABLE))]

    def cases(self):
        """Return the offered and accepted cases."""
        with vault(self.env) as inside:
            found = standing(inside[TRAJECT].search(self.domain()))
            dossiers = [Dossier(one) for one in found]
            log_all_once(dossiers, "coach", self.env.user, PURPOSE_LIST, self.now)
            lines = []
            for dossier in dossiers:
                traject = dossier.traject
                waiting, mine = _waiting(self.env, traject)
                lines.append(
                    self._line(traject, known_to_coach(dossier)[0], waiting, mine)
                )
        return sorted(lines, key=lambda one: (not one.needs_action, one.who))

    def case(self, ref):
        """Return the case ``ref``; NotYours when it is missing or another coach's."""
        return CoachCase(self, ref)


def known_to_coach(dossier):
    """Return name and address as the coach may know them.

    Until both have signed: the alias, and no address, which often holds the name.
    """
    identity = dossier.identity
    if dossier.traject.state in (c.AGREED, c.ACTIVE, c.AFTERCARE):
        return identity["name"], identity["address"]
    return identity["alias"], ""


def _waiting(env, traject):
    """Return what a case waits for, and whether it is for the coach to act."""
    if traject.state == c.REQUESTED:
        return env._("You are asked to take this case: accept or refuse."), True
    if traject.state == c.INTAKE:
        if not traject.is_signed_by_coach:
            return env._("Propose an agreement and sign it."), True
        return env._("The employee reads and signs the agreement."), False
    if traject.state == c.AGREED:
        return env._("Plan the first session."), True
    if traject.state == c.AFTERCARE:
        return env._("Aftercare: the employee can still write to you."), False
    return env._("Work together."), False


class CoachCase(Case):
    """A case as its coach sees it: what is shared, nothing the employee keeps."""

    role = "coach"
    audiences = (c.COACH,)

    def _domain(self):
        return self.door.domain()

    def _allowed(self, traject):
        state = traject.state
        if state == c.REQUESTED:
            return frozenset({c.ACCEPT, c.REFUSE})
        actions = {c.WRITE}
        if state == c.INTAKE:
            actions |= {c.PROPOSE_AGREEMENT, c.REFUSE}
            if not traject.is_signed_by_coach:
                actions.add(c.SIGN)
        if state in (c.INTAKE, c.AGREED, c.ACTIVE):
            actions |= {c.PROPOSE_SESSION, c.PHASES_ACTION}
        if state == c.AFTERCARE:
            actions |= {c.PROPOSE_SESSION, c.END_AFTERCARE}
        return frozenset(actions)

    @property
    def view(self):
        """Return what is shared with the coach; each look is in the access log."""
        with vault(self.env) as inside:
            dossier = self._opened(inside, lock=False)
            dossier.log(self.role, self.env.user, PURPOSE_CASE, self.door.now)
            name, address = known_to_coach(dossier)
            return self._view(dossier, who=name, coach=None, contact=address)

    def _stopped(self, sentence):
        return exits.over_for_coach(self.env)

    def _notify_other(self):
        with vault(self.env) as inside:
            identity = self._opened(inside, lock=False).identity
        notices.notify_employee(self.env, identity)

    def accept(self):
        """Take the case, declaring that no other interest stands in the way."""
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            traject = dossier.traject
            self._require(traject, c.ACCEPT)
            self._refuse_when_over(dossier)
            refuse_conflict(self.env, self.door, self.door.coach, dossier)
            move(traject, c.INTAKE)
            traject.has_accepted = True
        self._notify_other()

    def refuse(self):
        """Give the case back to the desk; access ends at once, no reason is asked."""
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            traject = dossier.traject
            self._require(traject, c.REFUSE)
            company = traject.company_id
            if traject.state == c.REQUESTED:
                traject.coach_id = False
            else:
                back_to_desk(dossier)
        notices.notify_desk(self.env, company, self.door.today)

    def propose_agreement(self, values):
        """Put an agreement to the employee; return the reference of this version."""
        clean = contents.checked(self.env, c.AGREEMENT, values, self._wall_now())
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            traject = dossier.traject
            self._require(traject, c.PROPOSE_AGREEMENT)
            self._refuse_when_over(dossier)
            version = dossier.add(c.AGREEMENT, c.COACH, self.role, clean, self.door.now)
            traject.write({"is_signed_by_employee": False, "is_signed_by_coach": False})
        self._notify_other()
        return version

    def propose_session(self, values):
        """Propose a session; the employee confirms it. Returns its reference."""
        clean = contents.checked(self.env, c.SESSION, values, self._wall_now())
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            self._require(dossier.traject, c.PROPOSE_SESSION)
            self._refuse_when_over(dossier, _day(clean["on"]))
            ref = dossier.add(c.SESSION, c.COACH, self.role, clean, self.door.now)
        self._notify_other()
        return ref

    def mark_session(self, ref, status, hours=""):
        """Record that a session was held, with its hours, or that it is off."""
        if status not in ("held", "cancelled"):
            raise NotYours
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            traject = dossier.traject
            self._require(traject, c.PROPOSE_SESSION)
            entry = self._session(dossier, ref)
            values = dict(entry.fields, status=status, hours="")
            if status == "held":
                self._check_held(traject, entry)
                self._refuse_when_over(dossier, _day(entry.fields["on"]))
                values["hours"] = self._hours(hours)
                if traject.state == c.AGREED:
                    begin(traject, self.door.today)
            dossier.reseal(entry, values=values)
        self._notify_other()

    def _check_held(self, traject, entry):
        if entry.fields["on"] > self._wall_now().isoformat(timespec="minutes"):
            raise CaseworkError(
                self.env._("This session is still to come; record it afterwards.")
            )

    def _hours(self, text):
        try:
            hours = float(str(text or "1").replace(",", "."))
        except ValueError:
            hours = -1
        if not 0 < hours <= 24:
            raise CaseworkError(
                self.env._("Give the hours as a number, for example 1.5.")
            )
        return f"{hours:g}"

    def end_aftercare(self):
        """Close the case for good; the coach's access ends with it."""
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            self._require(dossier.traject, c.END_AFTERCARE)
            move(dossier.traject, c.CLOSED)
            identity = dossier.identity
        notices.notify_employee(self.env, identity)


def _day(moment):
    """Return the day of a moment as entries hold it."""
    return datetime.fromisoformat(moment).date()


def refuse_conflict(env, door, coach, dossier):
    """Raise CaseworkError when ``coach`` may not take the case of this person."""
    employee = env["hr.employee"].sudo().browse(dossier.identity["employee"]).exists()
    if employee and coach._conflicts_with(employee, door.today).get(coach.id):
        raise CaseworkError(
            env._(
                "This coach may not take this case: there is a conflict of interest. "
                "Choose another coach."
            )
        )
