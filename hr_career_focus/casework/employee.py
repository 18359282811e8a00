"""The employee's door: own rights without a trace, and the own case only."""

from dateutil.relativedelta import relativedelta

from odoo.tools import email_normalize

from ..engine.values import AVAILABLE, UNKNOWN
from . import constants as c
from . import notices, uses
from .case import Case, Door, back_to_desk, coach_cards, label, sign_off
from .contents import LONGEST, SHORT
from .errors import CaseworkError, NotYours
from .opening import TRAJECT, Dossier, month_of, move, owner_index, vault
from .views import DeskHolder, InboxLine, OpeningView, RightView

AFTERCARE = relativedelta(months=12)


class EmployeeDoor(Door):
    """What a logged-in employee can do for herself. NotYours for anyone else."""

    def __init__(self, env, now=None):
        super().__init__(env, now)
        employees = env.user.sudo().with_context(active_test=True).employee_ids
        own = employees.filtered(lambda one: one.company_id == env.company)
        self.employee = (own or employees)[:1]
        if not self.employee or env.user._is_public():
            raise NotYours

    @property
    def company(self):
        """The employer."""
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
        """Return who runs the desk today, and by whose decision: public to employees."""
        mandates = self.env["hr.career.mandate"].sudo()
        return [
            DeskHolder(
                name=mandate.user_id.name,
                appointed_by=mandate.appointed_by,
                scope=mandate.scope,
                until=mandate.date_to,
            )
            for mandate in mandates._in_force(self.today, company=self.company)
        ]

    def rights(self):
        """Return every right with its answer. Writes nothing anywhere."""
        running = self.running_ref()
        return [self._right_view(answer, running) for answer in self._answers()]

    def _answers(self):
        number = self.employee.id
        found = (
            self.env["hr.career.entitlement"]
            .sudo()
            .with_context(lang=self.env.lang)
            ._answers(self.employee, self.today, uses.uses_of(self.env, [number]))
        )
        return found[number]

    def _right_view(self, one, running):
        rule, answer = one.rule, one.answer
        return RightView(
            rule_id=rule.id,
            name=rule.name or "",
            agreement=rule.agreement_id.name or "",
            article=rule.article or "",
            status=answer.status,
            sentence=one.sentence,
            left=one.left_text,
            next_date=answer.next_date,
            source_url=_web_address(rule.agreement_id.source_url),
            can_request=bool(rule) and not running and _requestable(answer),
        )

    def coaches(self):
        """Return the coaches who could take this employee's case."""
        bookable = (
            self.env["hr.career.coach"].sudo()._bookable(self.company, self.today)
        )
        conflicts = bookable._conflicts_with(self.employee, self.today)
        free = bookable.filtered(lambda coach: not conflicts.get(coach.id))
        return coach_cards(self.env, free)

    def running_ref(self):
        """Return the reference of the running traject, or None."""
        with vault(self.env) as inside:
            return self._own(inside, c.RUNNING)[:1].ref or None

    def past(self):
        """Return the trajects in aftercare or ended, latest first."""
        with vault(self.env) as inside:
            trajects = self._own(inside, (c.AFTERCARE, *c.ENDED))
            return [
                InboxLine(
                    ref=traject.ref,
                    who="",
                    kind=traject.kind,
                    kind_label=label(self.env, "kind", traject.kind),
                    state=traject.state,
                    state_label=label(self.env, "state", traject.state),
                    month_requested=traject.month_requested,
                    coach_name=traject.coach_id.name or "",
                    needs_action=False,
                    waiting_for="",
                )
                for traject in trajects.sorted("month_requested", reverse=True)
            ]

    def _own(self, inside, states):
        return inside[TRAJECT].search(
            [
                ("owner_index", "=", owner_index(self.env.uid)),
                ("state", "in", list(states)),
            ]
        )

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
    ):
        """Ask for a traject; return its reference.

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
        with vault(self.env) as inside:
            dossier = self._create(inside, kind, identity)
            dossier.add(c.WISHES, c.DESK, "employee", wishes, self.now)
            if question:
                dossier.add(
                    c.MESSAGE, c.COACH, "employee", {"text": question}, self.now
                )
            if answer and answer.answer.status == AVAILABLE:
                uses.reserve(
                    dossier.traject,
                    self.employee.id,
                    answer.rule,
                    answer.answer.left,
                    self.today,
                )
            elif answer:
                dossier.traject.is_undecided = True
                dossier.add(
                    c.DECISION,
                    c.DESK,
                    "employee",
                    {"rule": answer.rule.id, "asked": answer.sentence},
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

    def _answer_for(self, rule_id):
        """Return the answer to the chosen right; CaseworkError when it is not open."""
        for one in self._answers():
            if one.rule and one.rule.id == rule_id:
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
            if not address:
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


def _web_address(text):
    """Return an address a page may link to: HR writes it, an employee presses it.

    >>> _web_address("https://example.org/cao"), _web_address("javascript:alert(1)")
    ('https://example.org/cao', '')
    """
    return text if (text or "").startswith(("https://", "http://")) else ""


def _requestable(answer):
    return answer.status in (AVAILABLE, UNKNOWN)


class EmployeeCase(Case):
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
                openings=_openings(self.env, dossier),
            )

    def _after_write(self, dossier):
        dossier.purge_removed(self.door.today)

    def _notify_other(self):
        with vault(self.env) as inside:
            coach = self._opened(inside, lock=False).traject.coach_id
        if coach:
            notices.notify_coach(self.env, coach)

    def sign(self):
        """Sign the agreement the coach proposed."""
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            self._require(dossier.traject, c.SIGN)
            if not [
                e for e in dossier.entries((c.COACH,)) if e.row.kind == c.AGREEMENT
            ]:
                raise CaseworkError(self.env._("There is no agreement to sign yet."))
            sign_off(dossier.traject, "employee")
        self._notify_other()

    def answer_session(self, ref, status):
        """Confirm or cancel a proposed session."""
        if status not in ("confirmed", "cancelled"):
            raise NotYours
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            self._require(dossier.traject, c.WRITE)
            entry = dossier.entry(ref, (c.COACH,))
            if entry.row.kind != c.SESSION:
                raise NotYours
            if entry.fields["status"] not in ("proposed", "confirmed"):
                raise CaseworkError(
                    self.env._("This session was already held or cancelled.")
                )
            dossier.reseal(entry, values=dict(entry.fields, status=status))
        self._notify_other()

    def withdraw(self):
        """Stop, at any time. Before the first session the right is whole again."""
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            traject = dossier.traject
            self._require(traject, c.WITHDRAW)
            move(traject, c.WITHDRAWN)
            traject.month_closed = month_of(self.door.today)
            uses.give_back(traject)
            coach = traject.coach_id
        if coach:
            notices.notify_coach(self.env, coach)

    def close(self, outcomes, text=""):
        """End the work; only the employee fills in an outcome, and can leave it out."""
        known = dict(c.OUTCOMES)
        chosen = [one for one in outcomes if one in known]
        text = str(text or "").strip()
        if len(text) > LONGEST:
            raise CaseworkError(self.env._("This text is too long."))
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            traject = dossier.traject
            self._require(traject, c.CLOSE)
            move(traject, c.AFTERCARE)
            traject.month_closed = month_of(self.door.today)
            traject.aftercare_until = month_of(self.door.today + AFTERCARE)
            if chosen or text:
                dossier.add(
                    c.OUTCOME,
                    c.SELF,
                    self.role,
                    {"outcomes": chosen, "text": text},
                    self.door.now,
                )
        self._notify_other()

    def swap(self):
        """Ask for another coach: once, without a reason, nothing lost."""
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            traject = dossier.traject
            self._require(traject, c.SWAP)
            former = traject.coach_id
            _exclude(dossier, former.id)
            back_to_desk(traject)
            traject.has_swapped = True
            company = traject.company_id
        notices.notify_coach(self.env, former)
        notices.notify_desk(self.env, company, self.door.today)


def _exclude(dossier, coach_id):
    """Add a coach to those the desk must not propose again."""
    for entry in dossier.entries((c.DESK,)):
        if entry.row.kind == c.WISHES:
            excluded = sorted({*entry.fields["excluded"], coach_id})
            dossier.reseal(
                entry,
                values=dict(entry.fields, coach=None, coach_name="", excluded=excluded),
            )


def _openings(env, dossier):
    """Return the access log, latest first: each reload of a page is no line of its own."""
    hours = {}
    for at, role, purpose in dossier.openings():
        hours.setdefault((at.date(), at.hour, role, purpose), []).append(at)
    return tuple(
        OpeningView(
            at=moments[0],
            role=role,
            purpose=_purpose(env, purpose),
            times=len(moments),
        )
        for (_day, _hour, role, purpose), moments in hours.items()
    )


def _purpose(env, code):
    texts = {
        "list": env._("Saw that there is a request"),
        "case": env._("Opened the case"),
    }
    return texts.get(code, code)
