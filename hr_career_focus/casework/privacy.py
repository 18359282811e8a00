"""The privacy officer's door: what employees called odd in the log of their file.

Neither the employee nor who opened the file is named. The name of who opened it is
released once a second person has agreed; the employee reads it then too, and every act
here is in the log that the employee reads.
"""

from ..engine.roles import GROUP_OFFICER
from ..vault.errors import VaultError
from . import approvals, logins, notices, purposes, signals, standing
from .approvals import RELEASE
from .case import Door
from .errors import CaseworkError, NotYours
from .opening import TRAJECT, Dossier, changed_meanwhile, vault
from .views_privacy import SignalLine, SignalView

LONGEST_ANSWER = 4_000
#: How far the release of a name has come.
ASKED, GRANTED, REFUSED, RELEASED = "asked", "granted", "refused", "released"


class OfficerDoor(Door):
    """What a privacy officer opens. NotYours for everyone else."""

    def __init__(self, env, now=None):
        super().__init__(env, now)
        own = env.user.sudo().company_ids
        #: The officer's companies.
        self.companies = own.filtered(lambda one: standing.of_officer(env.user, one))
        if not self.companies or not env.user.has_group(GROUP_OFFICER):
            raise NotYours
        logins.require_second_factor(env)


class PrivacyDoor(OfficerDoor):
    """What a privacy officer does about odd openings."""

    def signals(self):
        """Return what was called odd and this officer may look into."""
        lines = []
        with vault(self.env) as inside:
            for slip in self._slips(inside):
                values = slip.values
                lines.append(
                    SignalLine(
                        ref=slip.row.ref,
                        number=approvals.number(slip.row.ref),
                        company=slip.row.company_id.name,
                        at=signals.moment(values["sent_at"]),
                        is_read=bool(values["read_at"]),
                        is_answered=bool(values["answers"]),
                    )
                )
        lines.sort(key=lambda one: one.at, reverse=True)
        return sorted(lines, key=lambda one: one.is_answered)

    def signal(self, ref):
        """Return one odd opening; from now on the employee cannot take it back."""
        with vault(self.env) as inside:
            slip = self._slip(inside, ref)
            if not slip.values["read_at"]:
                slip.save(read_at=self.now.isoformat(timespec="seconds"))
                self._log(inside, slip, purposes.ODD)
            return self._view(slip)

    def answer(self, ref, text):
        """Write to the employee what was found."""
        text = str(text or "").strip()
        if not text or len(text) > LONGEST_ANSWER:
            raise CaseworkError(
                self.env._(
                    "Say in a few sentences what you found: the employee reads it."
                )
            )
        with vault(self.env) as inside:
            slip = self._slip(inside, ref)
            answers = slip.values["answers"]
            at = self.now.isoformat(timespec="seconds")
            slip.save(answers=[*answers, [at, text]])
            identity = self._identity(inside, slip)
        self._notify(identity)

    def ask_release(self, ref, reason):
        """Ask a second person whether the name of who opened the file is released."""
        reason = str(reason or "").strip()
        if not reason:
            raise CaseworkError(
                self.env._("Say in a few sentences why: a second person reads it.")
            )
        with vault(self.env) as inside:
            slip = self._slip(inside, ref)
            values, company = slip.values, slip.row.company_id
            if values["name"]:
                raise changed_meanwhile(self.env)
        company = self.env["res.company"].browse(company.id)
        about = (values["opener"], values["owner"])
        approvals.ask(self.env, company, RELEASE, ref, reason, self.now, about)

    def release(self, ref):
        """Give the name to the officer and the employee, as a second person agreed."""
        with vault(self.env) as inside:
            slip = self._slip(inside, ref)
            if slip.values["name"]:
                raise changed_meanwhile(self.env)
            company = self.env["res.company"].browse(slip.row.company_id.id)
            approvals.use(self.env, company, RELEASE, ref, self.now)
            user = self.env["res.users"].sudo().browse(slip.values["opener"]).exists()
            slip.save(
                name=user.name or self.env._("A login that no longer exists"),
                released_at=self.now.isoformat(timespec="seconds"),
            )
            self._log(inside, slip, purposes.RELEASE)
            identity = self._identity(inside, slip)
        self._notify(identity)

    # -- inside the scope ----------------------------------------------------------

    def _slips(self, inside):
        """Return what this officer may look into: no own act, not the own file."""
        found = signals.opened(inside, [("company_id", "in", self.companies.ids)])
        own = self.env.uid
        return [
            slip
            for slip in found
            if own not in (slip.values["opener"], slip.values["owner"])
        ]

    def _slip(self, inside, ref):
        for slip in self._slips(inside):
            if slip.row.ref == ref:
                return slip
        raise NotYours

    def _dossier(self, inside, slip):
        """Return the dossier it is about, or None when that is gone."""
        traject = inside[TRAJECT].search([("ref", "=", slip.values["case"])])
        try:
            return Dossier(traject) if traject else None
        except VaultError:
            return None

    def _identity(self, inside, slip):
        dossier = self._dossier(inside, slip)
        return dossier and dossier.identity

    def _log(self, inside, slip, purpose):
        dossier = self._dossier(inside, slip)
        if dossier:
            dossier.log(purposes.PRIVACY, self.env.user, purpose, self.now)

    def _notify(self, identity):
        if identity:
            notices.notify_employee(self.env, identity)

    def _view(self, slip):
        values = slip.values
        release, note = self._release_of(slip)
        return SignalView(
            ref=slip.row.ref,
            number=approvals.number(slip.row.ref),
            company=slip.row.company_id.name,
            at=signals.moment(values["at"]),
            role=values["role"],
            purpose=purposes.sentence(self.env, values["purpose"]),
            times=len(values["lines"]),
            sent_at=signals.moment(values["sent_at"]),
            remark=values["remark"],
            answers=signals.answers_in(values),
            release=release,
            note=note,
            name=values["name"],
            released_at=signals.moment(values["released_at"]),
        )

    def _release_of(self, slip):
        """Return how far the release of the name has come, and why not."""
        if slip.values["name"]:
            return RELEASED, ""
        ref = slip.row.ref
        company = self.env["res.company"].browse(slip.row.company_id.id)
        if approvals.granted(self.env, company, RELEASE, ref, self.now):
            return GRANTED, ""
        number = approvals.number(ref)
        for question in approvals.asked(self.env, self.now):
            is_this = (question.kind, question.number) == (RELEASE, number)
            if is_this and question.state in (ASKED, REFUSED):
                return question.state, question.note
        return "", ""
