"""The employee's door: own rights without a trace, and the own case only."""

from odoo.tools import email_normalize
from odoo.tools.mail import single_email_re

from ..engine.values import AVAILABLE, UNKNOWN
from . import constants as c
from . import logins, notices, reminders, reserving, uses
from .case import Door, coach_cards
from .contents import LONGEST, SHORT
from .employee_case import EmployeeCase
from .errors import CaseworkError, NotYours
from .law import (
    answer_of,
    answers_by_employee,
    answers_of,
    is_own_claim,
    names_coach,
    plan,
    reserve_view,
)
from .opening import (
    TRAJECT,
    Dossier,
    employees_as_asked,
    month_of,
    owner_index,
    standing,
    vault,
)
from .rights import public_right_views, right_view
from .views import DeskHolder


class EmployeeDoor(Door):
    """What a logged-in employee can do for herself. NotYours for anyone else."""

    def __init__(self, env, now=None):
        super().__init__(env, now)
        people = env["hr.employee"].sudo().with_context(active_test=True)
        found = people.search([("user_id", "=", env.uid)], order="id")
        found = found or employees_as_asked(env)
        #: One record for each employer. Requests are made for the first of them.
        self.employees = found.sorted(lambda one: one.company_id != env.company)
        self.employee = self.employees[:1]
        if not self.employee or env.user._is_public():
            raise NotYours

    def _zone(self):
        return self.employee.tz or self.company.resource_calendar_id.tz

    @property
    def company(self):
        """The employer that requests are made to."""
        return self.employee.company_id

    @property
    def is_open(self) -> bool:
        """Whether the employer has opened the service."""
        return self.company.career_live

    @property
    def purpose(self) -> str:
        """The employer's published statement of purpose."""
        return self.company.with_context(lang=self.env.lang).career_purpose or ""

    def desk_holders(self):
        """Return who runs the desk today: employees may know, and by whose decision."""
        mandates = self.env["hr.career.mandate"].sudo()
        return [
            DeskHolder(
                name=mandate.user_id.name,
                appointed_by=mandate.appointed_by,
                scope=mandate.scope,
                until=mandate.date_to,
                confirmed_by=mandate.confirmed_by.name or "",
            )
            for mandate in mandates._in_force(self.today, company=self.company)
        ]

    def rights(self):
        """Return every right at the employer of the door. Writes nothing anywhere."""
        running = self.running_ref()
        return [self._right_view(answer, running) for answer in self._answers()]

    def has_other_employers(self):
        """Tell whether another employer has opened the service too."""
        return bool(self._others())

    def _others(self):
        others = self.employees - self.employee
        return others.filtered(lambda one: one.company_id.career_live)

    def all_rights(self):
        """Return the rights at every employer that opened the service.

        Those of the door's employer come first; only they can be asked for here.
        Writes nothing anywhere, in as many queries for two employers as for more.
        """
        others = self._others()
        asked = self.employee + others if self.is_open else others
        found = answers_by_employee(self.env, asked, self.today, login=self.env.uid)
        running = self.running_ref()
        employer = self.company.name if others else ""
        own = found.get(self.employee.id, ())
        return [
            *(self._right_view(one, running, employer) for one in own),
            *(
                self._right_view_elsewhere(one, employee.company_id.name)
                for employee in others
                for one in found[employee.id]
            ),
        ]

    def _answers(self):
        return answers_of(self.env, self.employee, self.today, login=self.env.uid)

    def _right_view(self, one, running, employer=""):
        return right_view(one, not running and _requestable(one.answer), employer)

    def _right_view_elsewhere(self, one, company):
        """Return a right at another employer: asked for at the desk of that one."""
        if not one.rule or not _requestable(one.answer) or is_own_claim(one):
            return right_view(one, False, company)
        to_ask = self.env._("Ask the career desk of %(company)s.", company=company)
        return right_view(one, False, company, to_ask)

    def public_rights(self, rights=()):
        """Return the public rights people here can read about. Writes nothing.

        :param rights: the own rights, as :meth:`rights` gave them
        """
        rules = self.env["hr.career.entitlement.rule"].sudo()
        codes = rules.browse([one.rule_id for one in rights if one.rule_id])
        return public_right_views(
            self.env, self.company.country_id, self.today, codes.mapped("code")
        )

    def reservable(self):
        """Return ``{rule id: ReserveView}`` of the rights that can be asked for."""
        return {
            one.rule.id: reserve_view(
                self.env,
                reserving.reservable(one.answer, one.rule)
                if one.answer.status == AVAILABLE
                else None,
                one.rule,
            )
            for one in self._answers()
            if one.rule and _requestable(one.answer) and not is_own_claim(one)
        }

    def coaches(self):
        """Return the coaches who could take this employee's case."""
        bookable = (
            self.env["hr.career.coach"].sudo()._bookable(self.company, self.today)
        )
        conflicts = bookable._conflicts_with(self.employee, self.today)
        free = bookable.filtered(lambda coach: not conflicts.get(coach.id))
        return coach_cards(self.env, free)

    def lapses(self):
        """Return what lapses on a known day. Writes nothing anywhere."""
        return reminders.lapses(self.env, self._answers())

    def reminder(self):
        """Return the own reminder, or None."""
        return reminders.reminder_of(self.env)

    def remind(self, address, months):
        """Ask to be reminded before something lapses. Nobody else learns of it."""
        logins.end_fresh(self.env)
        reminders.set_reminder(self, address, months)

    def stop_reminder(self):
        """Forget the own reminder."""
        reminders.stop_reminder(self.env)

    def calendar(self, months):
        """Return a calendar file of what lapses, or None. Writes nothing anywhere."""
        found = self.lapses() if self.is_open else []
        return reminders.calendar(self, months, found) if found else None

    def running_ref(self):
        """Return the reference of the running traject, or None."""
        with vault(self.env) as inside:
            return self._own(inside, c.RUNNING)[:1].ref or None

    def past(self):
        """Return the trajects in aftercare or ended, latest first."""
        with vault(self.env) as inside:
            trajects = self._own(inside, (c.AFTERCARE, *c.ENDED))
            return [
                self._line(traject)
                for traject in trajects.sorted("month_requested", reverse=True)
            ]

    def _own(self, inside, states):
        own = [("owner_index", "=", owner_index(self.env.uid))]
        found = inside[TRAJECT].search([*own, ("state", "in", list(states))])
        return standing(found)

    def request(
        self,
        kind,
        rule_id=None,
        coach_id=None,
        excluded_coach_ids=(),
        alias="",
        channel="none",
        address="",
        question="",
        quantity=None,
    ):
        """Ask for a traject; return its reference.

        :param quantity: how much of the right to reserve, as it was typed; what is
            usual when it is left empty (:mod:`.reserving`)
        :raise CaseworkError: when it cannot be asked now; nothing was changed
        """
        if not self.is_open:
            raise CaseworkError(
                self.env._("Your employer has not opened this service yet.")
            )
        if kind not in c.KINDS_TO_REQUEST:
            raise CaseworkError(self.env._("Choose what kind of traject you want."))
        answer = self._answer_for(rule_id) if kind == c.OWN_RIGHT else None
        cards = {card.coach_id: card.name for card in self.coaches()}
        excluded = sorted({int(one) for one in excluded_coach_ids} & set(cards))
        if coach_id is not None and answer and not names_coach(answer.rule):
            raise CaseworkError(
                self.env._(
                    "With this right the desk proposes a coach. You can say no, and "
                    "you can name coaches you do not want."
                )
            )
        if coach_id is not None and (coach_id not in cards or coach_id in excluded):
            raise CaseworkError(
                self.env._(
                    "This coach cannot take your case. Choose another one, or let the "
                    "desk propose one."
                )
            )
        identity = self._identity(alias, channel, address)
        wishes = {
            "coach": coach_id,
            "coach_name": cards.get(coach_id, ""),
            "excluded": excluded,
        }
        question = str(question or "").strip()
        if len(question) > LONGEST:
            raise CaseworkError(self.env._("Your question is too long."))
        taken, asked = None, ""
        if answer:
            taken, asked = self._taken(answer, quantity)
        logins.end_fresh(self.env)
        with vault(self.env) as inside:
            dossier = self._create(inside, kind, identity)
            dossier.add(c.WISHES, c.DESK, "employee", wishes, self.now)
            if question:
                dossier.add(
                    c.MESSAGE,
                    c.COACH,
                    "employee",
                    {"text": question, "is_question": True},
                    self.now,
                )
            if taken:
                uses.reserve(dossier.traject, self.employee.id, taken)
            elif answer:
                dossier.traject.is_undecided = True
                dossier.add(
                    c.DECISION,
                    c.DESK,
                    "employee",
                    {"rule": answer.rule.id, "asked": asked},
                    self.now,
                )
            ref = dossier.traject.ref
        notices.notify_desk(self.env, self.company, self.today)
        return ref

    def _create(self, inside, kind, identity):
        dossier = Dossier.create(
            inside,
            {
                "company_id": self.company.id,
                "kind": kind,
                "month_requested": month_of(self.today),
            },
            identity,
        )
        if dossier is None:
            raise CaseworkError(
                self.env._(
                    "You already have a traject under way. Nothing was sent twice; you "
                    "find it on your page."
                )
            )
        return dossier

    def _taken(self, own, quantity):
        """Return what a request takes of a right, or None and what the desk reads.

        What was used with another login of this employee counts too, but only the
        desk reads of it, and decides.
        """
        key = own.answer.rule_key
        whole = answer_of(self.env, self.employee, key, self.today) or own
        if own.answer == whole.answer and own.answer.status == AVAILABLE:
            return plan(self.env, self.employee, own, quantity, self.today), ""
        return None, whole.sentence

    def _answer_for(self, rule_id):
        """Return the answer to the chosen right; CaseworkError when it is not open."""
        for one in self._answers():
            if one.rule and one.rule.id == rule_id:
                if is_own_claim(one):
                    raise CaseworkError(
                        self.env._(
                            "You claim this right yourself, outside this page: "
                            "%(agreement)s says where. Nothing was sent.",
                            agreement=one.rule.agreement_id.name,
                        )
                    )
                if not _requestable(one.answer):
                    raise CaseworkError(one.sentence)
                return one
        raise CaseworkError(self.env._("Choose one of the rights on your page."))

    def _identity(self, alias, channel, address):
        alias = str(alias or "").strip() or self.employee.name.split()[0]
        if len(alias) > SHORT:
            raise CaseworkError(self.env._("This name is too long."))
        if channel not in (c.CHANNEL_NONE, c.CHANNEL_MAIL):
            channel = c.CHANNEL_NONE
        address = str(address or "").strip()
        if channel == c.CHANNEL_MAIL:
            address = email_normalize(address)
            if not address or not single_email_re.match(address):
                raise CaseworkError(
                    self.env._(
                        "This is not an e-mail address. Correct it, or choose to get "
                        "no e-mail."
                    )
                )
        return {
            "user": self.env.uid,
            "employee": self.employee.id,
            "name": self.employee.name,
            "alias": alias,
            "channel": channel,
            "address": address,
        }

    def case(self, ref):
        """Return the own case ``ref``; NotYours when it is missing or another's."""
        return EmployeeCase(self, ref)


def _requestable(answer):
    return answer.status in (AVAILABLE, UNKNOWN)
