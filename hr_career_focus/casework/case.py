"""What employee, coach and desk have in common once a case is open."""

from datetime import date

from odoo import fields

from ..engine.conflict import conflict_label
from . import constants as c
from . import contents, exits, logins, purposes, uses
from .errors import CaseworkError, Locked, NotYours
from .opening import Dossier, changed_meanwhile, find, move, vault
from .personal import PERSONAL, SERVER, seal_view
from .views import CaseView, CoachCard, EntryView, InboxLine, PhaseView

#: Purposes of an opening, as the log keeps them.
PURPOSE_LIST = purposes.LIST
PURPOSE_CASE = purposes.CASE


class Door:
    """Base of the doors: each asks first whether the login may come in at all.

    :param env: the environment of whoever is logged in
    :param now: naive UTC moment to act at; the present by default
    """

    def __init__(self, env, now=None):
        logins.gate(env)
        self.env = env
        self.now = now or fields.Datetime.now()
        #: The own pair of whoever is logged in, while it is unlocked; never in a job.
        self.unlocked = None

    @property
    def wall_now(self):
        """The time on the wall where the user is, naive."""
        here = self.env.user
        zone = here.tz or self._zone()
        if zone and not self.env.context.get("tz"):
            here = here.with_context(tz=zone)
        return fields.Datetime.context_timestamp(here, self.now).replace(tzinfo=None)

    def _zone(self):
        """Return the time zone of a user who has none, if it is known."""
        return None

    @property
    def today(self) -> date:
        """The day it is where the user is."""
        return self.wall_now.date()

    def _line(self, traject, who="", waiting_for="", needs_action=False):
        """Return the line of ``traject`` in a list, inside the scope."""
        return InboxLine(
            ref=traject.ref,
            who=who,
            kind=traject.kind,
            kind_label=label(self.env, "kind", traject.kind),
            state=traject.state,
            state_label=label(self.env, "state", traject.state),
            month_requested=traject.month_requested,
            coach_name=traject.coach_id.name or "",
            needs_action=needs_action,
            waiting_for=waiting_for,
        )


class Case:
    """One case behind a door, of whatever role.

    Each action locks the traject first, so that two windows act one after the other,
    and refuses what the state does not allow.
    """

    role = None
    #: Audiences whose entries this role opens.
    audiences = ()

    def __init__(self, door, ref):
        self.door = door
        self.env = door.env
        self.ref = ref
        with vault(self.env) as inside:
            find(inside, ref, self._domain())

    def _domain(self):
        """Return the domain this role's cases are in."""
        raise NotImplementedError

    def _opened(self, inside, lock=True):
        dossier = Dossier(find(inside, self.ref, self._domain()))
        dossier.unlocked = self.door.unlocked
        return dossier.lock() if lock else dossier

    def _allowed(self, traject) -> frozenset:
        """Return the actions this role may take now."""
        raise NotImplementedError

    def _require(self, traject, action):
        if action not in self._allowed(traject):
            raise CaseworkError(
                self.env._(
                    "This is not possible at this point. Perhaps it was done already, "
                    "in another window or by someone else. Nothing was changed."
                )
            )

    def _refuse_when_over(self, dossier, day=None):
        """Refuse what carries the traject on after the employee has left."""
        exits.refuse_when_over(
            self.env, dossier, day or self.door.today, to_coach=self.role == "coach"
        )

    # -- what every role that writes can do --------------------------------------

    def write(self, kind, audience, values):  # pylint: disable=method-required-super
        """Seal a new entry; return its reference."""
        if audience not in self.audiences or audience not in c.ENTRY_KINDS[kind][1]:
            raise NotYours
        clean = contents.checked(self.env, kind, values, self._wall_now())
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            self._require(dossier.traject, c.WRITE)
            ref = dossier.add(kind, audience, self.role, clean, self.door.now)
            self._after_write(dossier)
        if audience == c.COACH:
            self._notify_other()
        return ref

    def edit(self, ref, values):
        """Replace what an own entry says."""
        with vault(self.env) as inside:
            dossier, entry = self._own_entry(inside, ref)
            clean = contents.checked(self.env, entry.row.kind, values, self._wall_now())
            dossier.reseal(entry, values=clean)

    def remove(self, ref):
        """Take an own entry away; :meth:`restore` brings it back the same day."""
        with vault(self.env) as inside:
            dossier, entry = self._own_entry(inside, ref)
            dossier.reseal(entry, removed=self.door.today.isoformat())

    def restore(self, ref):
        """Bring back what was removed today."""
        with vault(self.env) as inside:
            dossier, entry = self._own_entry(inside, ref)
            dossier.reseal(entry, removed="")

    def share_again(self):
        """Seal what is shared for the keys both have now; the reader compared them.

        :return: how many texts were sealed anew
        """
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            self._require(dossier.traject, c.WRITE)
            if not self.door.unlocked:
                raise Locked(self.env)
            return dossier.share_again()

    def set_phase(self, code, active):
        """Enter or leave a phase: any of the four, in any order, again and again."""
        if code not in dict(c.PHASES):
            raise NotYours
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            traject = dossier.traject
            self._require(traject, c.PHASES_ACTION)
            name = f"phase_{code}"
            if traject[name] == active:
                return
            traject[name] = active
            dossier.add(
                c.PHASE,
                c.COACH,
                self.role,
                {"code": code, "entered": active},
                self.door.now,
            )

    def sign(self, version):
        """Sign the agreement that was read.

        :param version: reference of the agreement on the reader's page; a newer one,
            proposed in the meantime, is not signed unread
        """
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            traject = dossier.traject
            self._require(traject, c.SIGN)
            self._refuse_when_over(dossier)
            agreements = [
                entry
                for entry in dossier.entries((c.COACH,))
                if entry.row.kind == c.AGREEMENT
            ]
            if not agreements:
                raise CaseworkError(self.env._("There is no agreement to sign yet."))
            if agreements[-1].ref != version:
                raise changed_meanwhile(self.env)
            if agreements[-1].locked:
                raise Locked(self.env)
            traject[f"is_signed_by_{self.role}"] = True
            if traject.is_signed_by_employee and traject.is_signed_by_coach:
                move(traject, c.AGREED)
        self._notify_other()

    def _session(self, dossier, ref):
        """Return the entry of a session that is still to be held."""
        entry = dossier.entry(ref, (c.COACH,))
        if entry.row.kind != c.SESSION:
            raise NotYours
        if entry.locked:
            raise Locked(self.env)
        if entry.fields["status"] in ("held", "cancelled"):
            raise CaseworkError(
                self.env._("This session was already held or cancelled.")
            )
        return entry

    def _own_entry(self, inside, ref):
        dossier = self._opened(inside)
        self._require(dossier.traject, c.WRITE)
        entry = dossier.entry(ref, self.audiences)
        if entry.by != self.role or entry.row.kind not in contents.FIELDS:
            raise NotYours
        return dossier, entry

    def _after_write(self, dossier):
        """Hook: what this role does after writing."""

    def _notify_other(self):
        """Hook: tell the other participant that something waits."""

    def _wall_now(self):
        """Return the local wall time, naive: sessions are planned by it."""
        return self.door.wall_now

    # -- views -------------------------------------------------------------------

    def _view(self, dossier, **more):
        traject = dossier.traject
        opened = dossier.entries(self.audiences)
        entries = self._entries_by_kind(traject, opened)
        agreements = [one for one in entries[c.AGREEMENT] if one.audience == c.COACH]
        plans = entries[c.PLAN]
        stopped = exits.stop_reason(self.env, dossier, self.door.today)
        actions = self._allowed(traject)
        if stopped:
            actions -= c.CARRIES_ON
            stopped = self._stopped(stopped)
        return CaseView(
            ref=traject.ref,
            kind=traject.kind,
            kind_label=label(self.env, "kind", traject.kind),
            state=traject.state,
            state_label=label(self.env, "state", traject.state),
            month_requested=traject.month_requested,
            phases=self._phases(traject, entries[c.PHASE]),
            actions=actions,
            stopped=stopped or "",
            has_begun=bool(traject.month_started),
            agreement=agreements[-1] if agreements else None,
            signed_by_employee=traject.is_signed_by_employee,
            signed_by_coach=traject.is_signed_by_coach,
            # Those that are locked first: nobody knows on which day they are.
            sessions=tuple(
                sorted(entries[c.SESSION], key=lambda e: e.fields.get("on", ""))
            ),
            messages=tuple(entries[c.MESSAGE]),
            notes=tuple(reversed(entries[c.NOTE])),
            explorations=tuple(reversed(entries[c.EXPLORATION])),
            plan=plans[-1] if plans else None,
            plan_versions=tuple(reversed(plans[:-1])),
            outcome=entries[c.OUTCOME][-1] if entries[c.OUTCOME] else None,
            decisions=tuple(entries[c.DECISION]),
            aftercare_until=traject.aftercare_until or None,
            seal=self._seal(dossier, opened),
            **more,
        )

    def _seal(self, dossier, opened):
        """Return how the texts are sealed, for the two who write them."""
        if c.COACH in self.audiences:
            return seal_view(dossier, self.role, opened)
        return None

    def _stopped(self, sentence):
        """Return why the traject cannot go on, as this reader may know it."""
        return exits.over(self.env, sentence)

    def _entries_by_kind(self, traject, opened):
        found = {kind: [] for kind in c.ENTRY_KINDS}
        may_write = c.WRITE in self._allowed(traject)
        for entry in opened:
            kind = entry.row.kind
            found[kind].append(
                EntryView(
                    ref=entry.ref,
                    kind=kind,
                    audience=entry.row.audience,
                    by=entry.by,
                    at=entry.at,
                    fields=entry.fields,
                    mine=may_write
                    and entry.by == self.role
                    and kind in contents.FIELDS,
                    locked=entry.locked,
                    tier=PERSONAL if entry.is_personal else SERVER,
                )
            )
        return found

    def _phases(self, traject, history):
        views = []
        for code, _label in c.PHASES:
            entered = [
                entry.at.date()
                for entry in history
                if entry.fields["code"] == code and entry.fields["entered"]
            ]
            views.append(
                PhaseView(
                    code=code,
                    label=label(self.env, f"phase_{code}"),
                    is_active=traject[f"phase_{code}"],
                    times_entered=len(entered),
                    last_entered=max(entered, default=None),
                )
            )
        return tuple(views)


def label(env, name, value=None):
    """Return the translated label of a traject's field, or of one of its values."""
    traject = env["ir.model.fields"].sudo()._get("hr.career.traject", name)
    if value is None:
        return traject.with_context(lang=env.lang).field_description
    return dict(env["ir.model.fields"].get_field_selection("hr.career.traject", name))[
        value
    ]


def coach_cards(env, coaches, conflicts=None):
    """Return the cards of ``coaches``, in the language of ``env``.

    :param conflicts: ``{coach_id: [conflict code, ...]}``, shown as sentences
    """
    conflicts = conflicts or {}
    modalities = [
        ("meets_in_person", env._("In person")),
        ("meets_by_video", env._("By video")),
        ("meets_by_phone", env._("By phone")),
        ("writes", env._("In writing")),
    ]
    today = fields.Date.context_today(env.user)
    cards = []
    for coach in coaches.sudo().with_context(lang=env.lang):
        valid = coach.registration_ids.filtered(
            lambda one: not one.valid_until or one.valid_until >= today
        )
        cards.append(
            CoachCard(
                coach_id=coach.id,
                name=coach.name,
                is_external=coach.is_external,
                introduction=coach.introduction or "",
                specialisms=tuple(coach.specialism_ids.mapped("name")),
                languages=tuple(
                    coach.with_context(active_test=False).language_ids.mapped("name")
                ),
                region=coach.region or "",
                modalities=tuple(text for name, text in modalities if coach[name]),
                registrations=tuple(valid.mapped("display_name")),
                other_assignments=coach.other_assignments or "",
                conflicts=tuple(
                    conflict_label(env, code) for code in conflicts.get(coach.id, ())
                ),
            )
        )
    return cards


def back_to_desk(dossier):
    """Let go of the coach, and of everything that was shared with this coach alone.

    What was shared stays with the employee: the next coach starts from the question,
    and from what the employee chooses to share again.
    """
    traject = dossier.traject
    for entry in dossier.entries((c.COACH,), removed=True):
        if entry.row.kind != c.PHASE and not entry.fields.get("is_question"):
            dossier.let_go(entry)
    move(traject, c.REQUESTED)
    traject.write(
        {
            "coach_id": False,
            "has_accepted": False,
            "is_signed_by_employee": False,
            "is_signed_by_coach": False,
        }
    )


def begin(traject, today):
    """The first session was held: the work has begun and the right is used."""
    move(traject, c.ACTIVE)
    if not traject.month_started:
        traject.month_started = today.replace(day=1)
    uses.start(traject)
