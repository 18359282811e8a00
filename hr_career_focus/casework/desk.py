"""The career desk's door: answering requests and matching coaches. Never content."""

from ..engine.roles import GROUP_DESK
from ..engine.values import INFORM
from . import approval_words as w
from . import (
    approvals,
    contents,
    exits,
    law,
    logins,
    measures,
    notices,
    purposes,
    reserving,
    uses,
)
from . import constants as c
from .belonging import admit
from .budget_desk import DeskBudgets
from .case import Case, Door, coach_cards
from .coach import refuse_conflict
from .desk_list import DeskList
from .errors import CaseworkError, NotYours
from .measure_answers import DecidesMeasures
from .opening import find, month_of, move, vault

#: What the desk sees of cases: those that run or rest in aftercare.
OPEN_STATES = c.WRITABLE
LONGEST_REASON = 4_000


class DeskDoor(DeskBudgets, DeskList, Door):
    """What a desk holder can do. NotYours without the role and a mandate today."""

    def __init__(self, env, now=None):
        super().__init__(env, now)
        mandates = env["hr.career.mandate"].sudo()
        self.companies = mandates._mandated_companies(env.user, self.today)
        if not self.companies or not env.user.has_group(GROUP_DESK):
            raise NotYours
        logins.require_second_factor(env)

    def domain(self):
        """Return the domain of the cases in the companies mandated today."""
        return [
            ("company_id", "in", self.companies.ids),
            "|",
            ("state", "in", list(OPEN_STATES)),
            ("is_unsettled", "=", True),
        ]

    def case(self, ref):
        """Return the case ``ref``; NotYours when it is missing or not of this desk."""
        return DeskCase(self, ref)


class DeskCase(DecidesMeasures, Case):
    """A case as the desk sees it: who, which right, which coach. No texts."""

    role = "desk"
    audiences = (c.DESK,)

    def _domain(self):
        return self.door.domain()

    def _opened(self, inside, lock=True):
        dossier = super()._opened(inside, lock)
        holder_id = dossier.holder_id
        self._purpose = admit(self.door, dossier, lambda: self._confirmed(dossier))
        # An act without a look at the page is an opening too, when it is the first,
        # when it takes the case over, and in a second look. The page notes its own.
        self._is_logged = dossier.holder_id != holder_id or (
            lock and self._purpose == purposes.SECOND_LOOK
        )
        if self._is_logged:
            self._log(dossier)
        return dossier

    def _confirmed(self, dossier):
        """Whether a second person has confirmed that this user looks."""
        company = dossier.traject.company_id
        door = self.door
        return approvals.granted(self.env, company, w.SECOND_LOOK, self.ref, door.now)

    def _log(self, dossier):
        dossier.log(self.role, self.env.user, self._purpose, self.door.now)

    @property
    def number(self):
        """The short number of the case."""
        return approvals.number(self.ref)

    @property
    def second_look(self):
        """The own question for a second look that waits or was refused, or None."""
        for one in approvals.asked(self.env, self.door.now):
            if one.kind == w.SECOND_LOOK and one.number == self.number:
                return one
        return None

    def ask_second_look(self, reason):
        """Ask a second person whether this user may open a colleague's case."""
        with vault(self.env) as inside:
            company = find(inside, self.ref, self._domain()).company_id
        approvals.ask(self.env, company, w.SECOND_LOOK, self.ref, reason, self.door.now)

    def _allowed(self, traject):
        return self._next(traject) | measures.actions_of_desk(traject)

    def _next(self, traject):
        if traject.is_unsettled:
            return frozenset({c.SETTLE})
        if traject.state != c.REQUESTED:
            return frozenset()
        if traject.is_undecided:
            return frozenset({c.ACCEPT, c.DECLINE})
        if traject.awaits_consultation:
            return frozenset({c.CONSULT})
        return frozenset({c.ASSIGN})

    @property
    def view(self):
        """Return who asks for what, and the coaches who could take it."""
        with vault(self.env) as inside:
            dossier = self._opened(inside, lock=False)
            traject = dossier.traject
            if not self._is_logged:
                self._log(dossier)
            identity, wishes = dossier.identity, _wishes(dossier)
            candidates = ()
            if c.ASSIGN in self._allowed(traject):
                candidates = self._candidates(identity, wishes)
            cards = coach_cards(self.env, traject.coach_id)
            return self._view(
                dossier,
                who=identity["name"],
                coach=cards[0] if cards else None,
                contact=identity["address"],
                right=self._right(dossier),
                informed=self._is_informed(dossier),
                deciding=self._deciding(dossier),
                preferred_coach=wishes["coach_name"],
                candidates=candidates,
                measures=measures.views(self.env, dossier, for_desk=True),
            )

    def _employee(self, identity):
        employees = self.env["hr.employee"].sudo()
        return employees.browse(identity["employee"]).exists()

    def _candidates(self, identity, wishes):
        """Return the coaches, the wished one first, those with a conflict last."""
        employee = self._employee(identity)
        coaches = self.env["hr.career.coach"].sudo()
        bookable = coaches._bookable(employee.company_id, self.door.today).filtered(
            lambda coach: coach.id not in wishes["excluded"]
        )
        conflicts = bookable._conflicts_with(employee, self.door.today)
        cards = coach_cards(self.env, bookable, conflicts)
        return tuple(
            sorted(
                cards,
                key=lambda card: (
                    bool(card.conflicts),
                    card.coach_id != wishes["coach"],
                    card.name,
                ),
            )
        )

    def _rule(self, dossier):
        """Return the wording of the right the case draws on or asks for, or none."""
        key = uses.row_of(dossier.traject).rule_key
        if key:
            return exits.wording(self.env, key, self.door.today)
        question = _question(dossier)
        rules = self.env["hr.career.entitlement.rule"].sudo()
        rule = rules.browse(question["rule"] if question else []).exists()
        return rule.with_context(lang=self.env.lang)

    def _right(self, dossier):
        """Return the computed answer about the right, in a sentence."""
        if dossier.traject.kind != c.OWN_RIGHT:
            return self.env._("Offered by the employer; no right is used.")
        question = _question(dossier)
        if question and dossier.traject.is_undecided:
            rule = self._rule(dossier)
            return self.env._(
                "%(rule)s (%(agreement)s). The answer when it was asked for: "
                "%(answer)s",
                rule=rule.name or "",
                agreement=rule.agreement_id.name or "",
                answer=question["asked"],
            )
        return law.right_text(self.env, dossier, self._rule(dossier))

    def _is_informed(self, dossier):
        return self._rule(dossier).consultation == INFORM

    def _deciding(self, dossier):
        """Return how much the desk may open or settle, when it is to do so."""
        actions = self._allowed(dossier.traject)
        rule = self._rule(dossier)
        if c.ACCEPT in actions and rule:
            return law.reserve_view(self.env, reserving.decidable(rule), rule)
        if c.SETTLE in actions:
            return law.reserve_view(self.env, self._settled(dossier, rule), rule)
        return None

    def _settled(self, dossier, rule):
        return reserving.settleable(uses.to_settle(dossier.traject), rule)

    def assign(self, coach_id):
        """Propose the case to a coach; the coach sees an alias until both signed."""
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            traject = dossier.traject
            self._require(traject, c.ASSIGN)
            self._refuse_when_over(dossier)
            identity, wishes = dossier.identity, _wishes(dossier)
            company = self._employee(identity).company_id
            coach = (
                self.env["hr.career.coach"]
                .sudo()
                ._bookable(company, self.door.today)
                .filtered(
                    lambda one: one.id == coach_id and one.id not in wishes["excluded"]
                )
            )
            if not coach:
                raise CaseworkError(
                    self.env._(
                        "This coach cannot be booked, or the employee does not want "
                        "this coach. Choose another one."
                    )
                )
            refuse_conflict(self.env, self.door, coach, dossier)
            traject.coach_id = inside["hr.career.coach"].browse(coach.id)
        notices.notify_coach(self.env, coach)

    def consult(self, reason):
        """Record that the desk consulted on the employer's behalf, naming nobody."""
        reason = self._reason(reason)
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            self._require(dossier.traject, c.CONSULT)
            self._refuse_when_over(dossier)
            dossier.traject.awaits_consultation = False
            self._decide(dossier, {"reason": reason, "consulted": True})
            identity = dossier.identity
        notices.notify_employee(self.env, identity)

    def decide_open(self, reason, quantity=None):
        """Answer yes to a right that could not be computed, with the reason.

        :param quantity: how much, as it was typed; what is usual when it is empty
        """
        reason = self._reason(reason)
        employee, rule = self._asked()
        plan = law.plan_undecided(self.env, employee, rule, quantity, self.door.today)
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            traject = dossier.traject
            self._require(traject, c.ACCEPT)
            identity = dossier.identity
            uses.reserve(traject, identity["employee"], plan)
            traject.is_undecided = False
            self._decide(dossier, {"reason": reason})
        notices.notify_employee(self.env, identity)

    def decline(self, reason, next_date=None):
        """Answer no, because there is no right: with the reason and the next date."""
        reason = self._reason(reason)
        if next_date:
            next_date = contents.day(self.env, str(next_date))
        employee, rule = self._asked(c.DECLINE)
        if rule:
            law.refuse_if_open(self.env, employee, rule.right_key, self.door.today)
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            traject = dossier.traject
            self._require(traject, c.DECLINE)
            move(traject, c.DECLINED)
            traject.month_closed = month_of(self.door.today)
            self._decide(
                dossier,
                {
                    "reason": reason,
                    "next_date": next_date.isoformat() if next_date else "",
                },
            )
            identity = dossier.identity
        notices.notify_employee(self.env, identity)

    def settle(self, used):
        """Record what was used of what was reserved; the rest is the employee's again.

        :param used: how much, as it was typed; zero when nothing was used
        """
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            traject = dossier.traject
            self._require(traject, c.SETTLE)
            rule = self._rule(dossier)
            able = self._settled(dossier, rule)
            used = reserving.settled(self.env, able, used, law.shown(self.env, rule))
            uses.settle(traject, used)
            traject.is_unsettled = False
            self._decide(
                dossier, {"settled": law.plain(used), "reserved": law.plain(able.most)}
            )
            identity = dossier.identity
        notices.notify_employee(self.env, identity)

    def _decide(self, dossier, values):
        dossier.add(c.DECISION, c.DESK, self.role, values, self.door.now)

    def _asked(self, action=c.ACCEPT):
        """Return the employee and the right that the desk decides about."""
        with vault(self.env) as inside:
            dossier = self._opened(inside, lock=False)
            self._require(dossier.traject, action)
            employee = self._employee(dossier.identity)
            rule = self._rule(dossier)
        if not rule and action == c.ACCEPT:
            raise CaseworkError(
                self.env._(
                    "The rule that was asked for is gone. Decline with a reason."
                )
            )
        return employee, rule

    def _reason(self, text):
        text = str(text or "").strip()
        if not text or len(text) > LONGEST_REASON:
            raise CaseworkError(
                self.env._("Give the reason in a few sentences: the employee reads it.")
            )
        return text


def _question(dossier):
    """Return what the desk must decide: the rule and the answer then computed."""
    for entry in dossier.entries((c.DESK,)):
        if entry.row.kind == c.DECISION and entry.fields.get("rule"):
            return entry.fields
    return None


def _wishes(dossier):
    for entry in dossier.entries((c.DESK,)):
        if entry.row.kind == c.WISHES:
            return entry.fields
    return {"coach": None, "coach_name": "", "excluded": []}
