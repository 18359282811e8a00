"""Acts that one person cannot do alone: asked for by one, confirmed by another.

How to use::

    ref = approvals.ask(env, company, approvals.BULK, "", reason, now)   # one person
    approvals.decide(other_env, ref, True, "", now)                      # another
    if approvals.granted(env, company, approvals.BULK, "", now):         # the first
        ...

Who confirms is a desk holder in mandate or a privacy officer of the same company, never
who asked, and never somebody the act is about. A confirmation ends by itself, and with
the mandate or the role of either of the two.
"""

import json
from datetime import datetime

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

from ..vault import sealing
from ..vault.errors import VaultError
from ..vault.keyring import load_keyring
from . import approval_words as w
from . import logins, notices, standing
from .approval_words import BULK, HOLD, RELEASE, SECOND_LOOK, number  # noqa: F401
from .case import Door
from .errors import CaseworkError, NotYours
from .opening import TRAJECT, changed_meanwhile, month_of, owner_index, vault
from .views_second import ApprovalView

APPROVAL = "hr.career.approval"
LONGEST_REASON = 1_000


class Approval:
    """One opened question, inside the scope only."""

    def __init__(self, row):
        self.row = row
        self._key = sealing.unwrap(load_keyring(), row.envelope, row.ref)
        sealed = sealing.open_sealed(self._key, row.sealed, self._where(row.state))
        self.values = json.loads(sealed)

    def _where(self, state):
        row = self.row
        return _place(row.ref, row.company_id.id, row.kind, state, row.month)

    @classmethod
    def create(cls, inside, values, content):  # pylint: disable=method-required-super
        """Seal a new question."""
        key, ref = sealing.new_key(), sealing.new_ref()
        where = _place(ref, **values)
        sealed = sealing.seal(key, sealing.dump(content), where)
        envelope = sealing.wrap(load_keyring(), key, ref)
        return cls(
            inside[APPROVAL].create(
                dict(values, ref=ref, envelope=envelope, sealed=sealed)
            )
        )

    def save(self, state, **changed):
        """Go to ``state``, with what was answered."""
        self.values = dict(self.values, **changed)
        content = sealing.dump(self.values)
        sealed = sealing.seal(self._key, content, self._where(state))
        self.row.write({"state": state, "sealed": sealed})

    def lock(self):
        """Hold the row until the transaction ends: of two answers, one counts."""
        self.row.env.cr.execute(
            SQL(
                "SELECT 1 FROM hr_career_approval WHERE id = %s FOR UPDATE",
                self.row.id,
            ),
            log_exceptions=False,
        )
        self.row.invalidate_recordset()
        return type(self)(self.row)

    @property
    def until(self) -> datetime:
        """Until when it can be answered, or is good for."""
        if self.row.state == w.ASKED:
            return datetime.fromisoformat(self.values["at"]) + w.WAITS
        decided = datetime.fromisoformat(self.values["decided_at"])
        return decided + w.lasts(self.row.kind)

    def is_about(self, user) -> bool:
        """Whether the act touches ``user``: then somebody else confirms it.

        All names at once touches nobody more than another. Somebody who may not answer
        that question, or does not, would be known as one of the names.
        """
        if user.id in self.values["about"]:
            return True
        if self.row.kind not in w.ABOUT_A_CASE:
            return False
        domain = [
            ("owner_index", "=", owner_index(user.id)),
            ("ref", "=", self.values["subject"]),
        ]
        return bool(self.row.env[TRAJECT].search_count(domain, limit=1))

    def stands(self, env, today) -> bool:
        """Whether who asked, and who answered, are still what they were then."""
        users = env["res.users"].sudo()
        company = self.row.company_id
        return all(
            self.values[mark]
            in standing.standings(
                env, users.browse(self.values[who]).exists(), company, today
            )
            for who, mark in (("by", "by_standing"), ("decided_by", "decided_standing"))
            if who in self.values
        )


def _place(ref, company_id, kind, state, month):
    """Name the place of a question; a state changed in the table does not open."""
    return sealing.place(APPROVAL, ref, str(company_id), kind, state, month.isoformat())


class SecondPerson(Door):
    """What a desk holder in mandate and a privacy officer can confirm.

    NotYours for everyone else.
    """

    def __init__(self, env, now=None):
        super().__init__(env, now)
        mandates = env["hr.career.mandate"].sudo()
        mandated = mandates._mandated_companies(env.user, self.today)
        own = env.user.sudo().company_ids
        self.companies = mandated | own.filtered(
            lambda company: standing.of_officer(env.user, company)
        )
        if not self.companies:
            raise NotYours
        logins.require_second_factor(env)

    def standing_in(self, company, kind=None):
        """Return the mark under which the user acts in ``company``, or ""."""
        if kind not in w.ASKED_BY_DESK and (
            mark := standing.of_officer(self.env.user, company)
        ):
            return mark
        if kind in w.ASKED_BY_OFFICER:
            return ""
        return standing.of_desk(self.env, self.env.user, company, self.today)

    def may_decide(self, approval):
        """Whether the user may answer ``approval``."""
        return (
            approval.row.company_id in self.companies
            and approval.values["by"] != self.env.uid
            and not approval.is_about(self.env.user)
        )

    def domain(self, *states):
        """Return the domain of these companies' questions that may still count."""
        oldest = month_of(self.today) - relativedelta(months=1)
        return [
            ("company_id", "in", self.companies.ids),
            ("state", "in", list(states)),
            ("month", ">=", oldest),
        ]


def ask(env, company, kind, subject, reason, now=None, about=()):
    """Ask for a second person; return the reference of the question.

    :param subject: reference of the case or signal it is about, "" for the whole desk
    :param about: ids of logins that it concerns besides the owner of the case: they
        cannot confirm it, and do not see it
    :raise CaseworkError: without a reason, and when nobody could confirm it
    """
    door = SecondPerson(env, now)
    mark = door.standing_in(company, kind)
    if not mark:
        raise NotYours
    reason = str(reason or "").strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise CaseworkError(
            env._("Say in a few sentences why: a second person reads it.")
        )
    others = standing.second_persons(env, company, door.today, but=(env.uid,))
    if not others:
        raise CaseworkError(
            env._(
                "Nobody can confirm this: there is no other desk holder and no "
                "privacy officer. Ask HR policy for a second desk holder."
            )
        )
    with vault(env) as inside:
        for known in _opened(inside, door.domain(w.ASKED)):
            if _is_own(known, env, company, kind, subject) and known.until > door.now:
                return known.row.ref
        approval = Approval.create(
            inside,
            {
                "company_id": company.id,
                "kind": kind,
                "state": w.ASKED,
                "month": month_of(door.today),
            },
            {
                "by": env.uid,
                "by_standing": mark,
                "subject": subject,
                "about": sorted(about),
                "reason": reason,
                "at": door.now.isoformat(),
            },
        )
        ref = approval.row.ref
    # To all of them, also to whom it is about: who gets no mail would be told.
    notices.notify_users(env, others)
    return ref


def waiting(env, now=None):
    """Return the questions this user may answer now, the oldest first."""
    door = SecondPerson(env, now)
    with vault(env) as inside:
        found = [
            _view(env, approval)
            for approval in _opened(inside, door.domain(w.ASKED))
            if approval.until > door.now and door.may_decide(approval)
        ]
    return tuple(sorted(found, key=lambda one: one.at))


def asked(env, now=None):
    """Return what this user asked for and that may still count, the latest first."""
    door = SecondPerson(env, now)
    states = (w.ASKED, w.GRANTED, w.REFUSED)
    with vault(env) as inside:
        found = [
            _view(env, approval)
            for approval in _opened(inside, door.domain(*states))
            if approval.values["by"] == env.uid and approval.until > door.now
        ]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def decide(env, ref, yes, note="", now=None):
    """Confirm a question, or refuse it.

    :param note: why not; who asked reads it
    :raise NotYours: for who may not answer it, and when it does not exist
    :raise CaseworkError: when it was answered meanwhile, or came too late
    """
    door = SecondPerson(env, now)
    note = str(note or "").strip()
    if len(note) > LONGEST_REASON or not (yes or note):
        raise CaseworkError(
            env._("Say in a few sentences why not: who asked reads it.")
        )
    with vault(env) as inside:
        approval = _find(inside, ref).lock()
        if not door.may_decide(approval):
            raise NotYours
        if approval.row.state != w.ASKED or approval.until <= door.now:
            raise changed_meanwhile(env)
        company = approval.row.company_id
        approval.save(
            w.GRANTED if yes else w.REFUSED,
            decided_by=env.uid,
            decided_standing=door.standing_in(company),
            decided_at=door.now.isoformat(),
            note=note,
        )
        asker = env["res.users"].browse(approval.values["by"])
    notices.notify_users(env, asker)


def granted(env, company, kind, subject="", now=None):
    """Return the reference of the confirmation this user has for an act, or None.

    None as well once it is over, was used, or when the mandate or the role of who
    asked or of who confirmed has ended.
    """
    found = _granted(env, company, kind, subject, now)
    return found and found[0]


def good_until(env, company, kind, subject="", now=None):
    """Return until when a confirmation is good, or None without one."""
    found = _granted(env, company, kind, subject, now)
    return found and found[1]


def is_open(env, company, kind, subject, now=None):
    """Whether anybody's question about it waits, or its yes can still be used."""
    door = SecondPerson(env, now)
    with vault(env) as inside:
        return any(
            (one.row.company_id, one.row.kind) == (company, kind)
            and one.values["subject"] == subject
            and one.until > door.now
            and one.stands(env, door.today)
            for one in _opened(inside, door.domain(w.ASKED, w.GRANTED))
        )


def use(env, company, kind, subject="", now=None):
    """Use a confirmation up: it counts once. Return its reference.

    :raise CaseworkError: when there is none, or it was used in another window
    """
    ref = granted(env, company, kind, subject, now)
    if not ref:
        raise changed_meanwhile(env)
    with vault(env) as inside:
        approval = _find(inside, ref).lock()
        if approval.row.state != w.GRANTED:
            raise changed_meanwhile(env)
        approval.save(w.USED)
    return ref


def _granted(env, company, kind, subject, now):
    try:
        door = SecondPerson(env, now)
    except NotYours:
        return None
    with vault(env) as inside:
        for approval in _opened(inside, door.domain(w.GRANTED)):
            if (
                _is_own(approval, env, company, kind, subject)
                and approval.until > door.now
                and approval.stands(env, door.today)
            ):
                return approval.row.ref, approval.until
    return None


def _is_own(approval, env, company, kind, subject):
    """Whether this user asked for just this."""
    return (
        approval.row.company_id == company
        and approval.row.kind == kind
        and approval.values["by"] == env.uid
        and approval.values["subject"] == subject
    )


def _opened(inside, domain):
    """Return the questions in ``domain``; a damaged one is passed over."""
    found = []
    for row in inside[APPROVAL].search(domain):
        try:
            found.append(Approval(row))
        except VaultError:
            continue
    return found


def _find(inside, ref):
    if not isinstance(ref, str) or len(ref) != 32:
        raise NotYours
    row = inside[APPROVAL].search([("ref", "=", ref)], limit=1)
    if not row:
        raise NotYours
    return Approval(row)


def forget(inside, refs):
    """Delete the questions about one of ``refs``, inside the scope.

    One that is damaged tells nobody what it is about; it goes with its month.
    """
    for approval in _opened(inside, []):
        if approval.values["subject"] in refs:
            approval.row.unlink()


def _view(env, approval):
    row, values = approval.row, approval.values
    selections = env["ir.model.fields"]
    kinds = dict(selections.get_field_selection(APPROVAL, "kind"))
    states = dict(selections.get_field_selection(APPROVAL, "state"))
    users = env["res.users"].sudo()
    return ApprovalView(
        ref=row.ref,
        kind=row.kind,
        kind_label=kinds[row.kind],
        company=row.company_id.name,
        who=users.browse(values["by"]).exists().name or "",
        number=number(values["subject"]) if values["subject"] else "",
        reason=values["reason"],
        at=datetime.fromisoformat(values["at"]),
        state=row.state,
        state_label=states[row.state],
        until=approval.until,
        answered_by=users.browse(values.get("decided_by") or []).exists().name or "",
        note=values.get("note", ""),
    )
