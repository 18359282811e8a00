"""The employee calls an opening odd, takes that back, and reads what came of it."""

from datetime import datetime

from odoo.fields import Domain

from ..engine.roles import GROUP_OFFICER
from ..vault.blind_index import index_of
from ..vault.errors import VaultError
from ..vault.keyring import load_keyring
from . import notices, purposes
from .errors import CaseworkError, NotYours
from .opening import vault
from .slips import Slip
from .views import OpeningView
from .views_privacy import OddView

SIGNAL = "hr.career.signal"
CASE_INDEX = "signal-case"
LONGEST_REMARK = 2_000


def grouped(lines):
    """Return the lines of a log in groups: one person, purpose and hour each.

    Reloading a page makes no new group. Latest first, as the lines are.
    """
    groups = {}
    for line in lines:
        key = (line.at.date(), line.at.hour, line.role, line.purpose, line.user_id)
        groups.setdefault(key, []).append(line)
    return list(groups.values())


def opening_views(env, dossier):
    """Return "who opened my file" with what was called odd and what came of it."""
    known = {}
    for slip in slips_of(dossier.env, dossier.traject.ref):
        for ref in slip.values["lines"]:
            known[ref] = slip
    views = []
    for lines in grouped(dossier.lines()):
        slip = next((known[one.ref] for one in lines if one.ref in known), None)
        views.append(
            OpeningView(
                ref=lines[0].ref,
                at=lines[0].at,
                role=lines[0].role,
                purpose=purposes.sentence(env, lines[0].purpose),
                times=len(lines),
                odd=slip and _odd_view(slip),
            )
        )
    return tuple(views)


def _odd_view(slip):
    values = slip.values
    return OddView(
        ref=slip.row.ref,
        remark=values["remark"],
        is_read=bool(values["read_at"]),
        answers=answers_in(values),
        name=values["name"],
        released_at=moment(values["released_at"]),
    )


def answers_in(values):
    """Return the answers that were given: (moment, text), the oldest first."""
    return tuple((moment(at), text) for at, text in values["answers"])


def moment(text):
    """Return the moment a sealed text holds, or None."""
    return datetime.fromisoformat(text) if text else None


def slips_of(inside, ref):
    """Return what was called odd in the case ``ref``; damaged rows are passed over."""
    return opened(inside, Domain("case_index", "=", case_index(ref)))


def opened(inside, domain):
    """Return the odd openings in ``domain`` that can be opened."""
    found = []
    for row in inside[SIGNAL].search(domain):
        try:
            found.append(Slip(row))
        except VaultError:
            continue
    return found


def case_index(ref):
    """Return under which hash the odd openings of the case ``ref`` are found."""
    return index_of(load_keyring(), CASE_INDEX, ref)


def officers(env, company, but=()):
    """Return the privacy officers of ``company``, without those in ``but``."""
    group = env.ref(GROUP_OFFICER).sudo()
    users = env["res.users"].sudo()
    found = users.search(
        [("all_group_ids", "in", group.ids), ("company_ids", "in", company.ids)]
    )
    return found.filtered(lambda user: user.id not in but)


def send(case, dossier, line_ref, remark):
    """Tell the privacy officers that an opening is odd; return whom to notify.

    :raise NotYours: when the line is not one of this dossier
    :raise CaseworkError: when it was sent before, and when nobody could look into it
    """
    env = case.env
    remark = str(remark or "").strip()
    if len(remark) > LONGEST_REMARK:
        raise CaseworkError(env._("This text is too long."))
    lines = next(
        (
            group
            for group in grouped(dossier.lines())
            if line_ref in {one.ref for one in group}
        ),
        None,
    )
    if not lines:
        raise NotYours
    refs = [one.ref for one in lines]
    for slip in slips_of(dossier.env, dossier.traject.ref):
        if set(refs) & set(slip.values["lines"]):
            raise CaseworkError(env._("You have called this odd already."))
    company = dossier.traject.company_id
    readers = officers(env, company, but=(env.uid, lines[0].user_id))
    if not readers:
        raise _nobody(env, company)
    Slip.create(
        dossier.env[SIGNAL],
        {"company_id": company.id, "case_index": case_index(dossier.traject.ref)},
        {
            "case": dossier.traject.ref,
            "owner": env.uid,
            "lines": refs,
            "opener": lines[0].user_id,
            "at": lines[0].at.isoformat(),
            "role": lines[0].role,
            "purpose": lines[0].purpose,
            "sent_at": case.door.now.isoformat(timespec="seconds"),
            "remark": remark,
            "read_at": "",
            "answers": [],
            "name": "",
            "released_at": "",
        },
    )
    return readers


def _nobody(env, company):
    contact = company.sudo().career_privacy_contact
    if contact:
        return CaseworkError(
            env._(
                "No privacy officer can look into this here. Nothing was sent. You "
                "can ask %(contact)s.",
                contact=contact,
            )
        )
    return CaseworkError(
        env._("No privacy officer can look into this here. Nothing was sent.")
    )


def take_back(case, dossier, ref):
    """Delete what was called odd, as long as no privacy officer has read it."""
    for slip in slips_of(dossier.env, dossier.traject.ref):
        if slip.row.ref == ref:
            if slip.values["read_at"]:
                raise CaseworkError(
                    case.env._(
                        "A privacy officer has read this, so it cannot be taken back."
                    )
                )
            slip.row.unlink()
            return
    raise NotYours


def forget(inside, ref):
    """Delete what was called odd in the case ``ref``: it is being destroyed.

    :return: the references of what was deleted
    """
    rows = inside[SIGNAL].search([("case_index", "=", case_index(ref))])
    refs = rows.mapped("ref")
    rows.unlink()
    return refs


class OddOpenings:
    """What an employee does about an opening. Part of the own case."""

    def call_odd(self, line_ref, remark=""):
        """Tell the privacy officers of the employer; see :func:`send`."""
        with vault(self.env) as inside:
            readers = send(self, self._opened(inside), line_ref, remark)
        notices.notify_users(self.env, readers)

    def take_odd_back(self, ref):
        """Take it back before it is read; see :func:`take_back`."""
        with vault(self.env) as inside:
            take_back(self, self._opened(inside), ref)
