"""The purge: what is over is destroyed by rule, once a month, with a certificate.

Dates of cases are kept by month, so cases become due on the first day of a month. The
job runs every night and purges once in each month. It writes one certificate for each
month, also when nothing was due: that there is one says nothing. The certificates of a
database are chained under a key outside it, and are all of one size up to
:data:`ONE_SIZE` cases.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import date

from ..engine.dates import add_months
from ..vault import purged
from ..vault.errors import VaultError
from ..vault.keyring import load_keyring
from . import constants as c
from . import erasing, followup, holds, home, leavers, ledger_rest
from .approvals import APPROVAL
from .opening import TRAJECT, Dossier, month_of, vault
from .slips import Slip

PURGE = "hr.career.purge"
CHAIN = "purge-chain"
#: Up to this many cases the certificates of all months are equally long.
ONE_SIZE = 50
#: Month and day from which no figures of the year before are published any more.
FIGURES_ARE_OUT = (2, 1)


@dataclass(frozen=True)
class Certificate:
    """What the privacy officer reads of one month's purge."""

    month: date
    company: str
    day: date
    months: int  # the rule: how many months after the end
    number: str  # keyed, over this certificate and the one before: no two are alike
    is_chained: bool  # it fits on the one before, and was not changed
    is_gone: bool  # all of it is on the purge list, and nothing of it in the database


def due_month(traject) -> date:
    """Return the month on whose first day an ended case is deleted.

    A case that ended in June and is kept for six months goes on 1 January. One that
    counts in the figures of a year stays until they are out, in February after it:
    else they would be too low for who stopped early.
    """
    ended = traject.month_closed or traject.month_requested
    if traject.aftercare_until:
        ended = max(ended, traject.aftercare_until)
    due = add_months(ended, traject.company_id.career_retention_months + 1)
    if traject.month_started and traject.kind in c.KINDS_COUNTED:
        due = max(due, date(traject.month_started.year + 1, *FIGURES_ARE_OUT))
    return due


def purge(env, company, today):
    """Purge what is due in ``company``, once in each month; return whether it did.

    Nothing is purged in a copy of the database.
    """
    month = month_of(today)
    if not home.is_home(env) or _is_early(env, today):
        return False
    with vault(env) as inside:
        domain = [("company_id", "=", company.id), ("month", "=", month)]
        if inside[PURGE].search_count(domain, limit=1):
            return False
        marks = [
            erasing.erase(inside, traject, today).mark
            for traject in _due(inside, company, month)
        ]
        ledger_rest.purge(inside, company, today)
        _forget_questions(inside, company, month)
        _certify(inside, company, today, marks)
    return True


def _is_early(env, today):
    first = env["ir.config_parameter"].sudo().get_param(home.FROM)
    return bool(first) and today.isoformat() < first


def _due(inside, company, month):
    ended = inside[TRAJECT].search(
        [("company_id", "=", company.id), ("state", "in", list(c.ENDED))]
    )
    due = ended.filtered(lambda one: due_month(one) <= month)
    return [traject for traject in due if not _is_held(inside, traject)]


def _is_held(inside, traject):
    """Whether a hold forbids it; one that cannot be told counts as forbidding it.

    Whose key was destroyed is nobody's any more, and what is on the purge list goes.
    """
    if not traject.envelope or purged.is_listed(load_keyring(), traject.ref):
        return False
    try:
        identity = Dossier(traject).identity
    except VaultError:
        return True
    return bool(holds.reason_for(inside, identity["user"]))


def _forget_questions(inside, company, month):
    """Delete the questions to a second person that are older than cases are kept."""
    oldest = add_months(month, -company.career_retention_months - 1)
    inside[APPROVAL].search(
        [("company_id", "=", company.id), ("month", "<", oldest)]
    ).unlink()


def reached(env, company, year) -> bool:
    """Whether a purge of ``company`` can have deleted cases counted in ``year``.

    From the rule, the months in which a purge ran and the number of months it went by:
    each month has one, so that this tells nothing about cases.
    """
    with vault(env) as inside:
        purges = inside[PURGE].search(
            [
                ("company_id", "=", company.id),
                ("month", ">=", date(year + 1, *FIGURES_ARE_OUT)),
            ]
        )
        return any(_went_by(row) < _months_since(year, row.month) for row in purges)


def _went_by(row):
    """Return after how many months a purge deleted; 0 when that cannot be read."""
    try:
        return Slip(row).values["months"]
    except VaultError:
        return 0


def _months_since(year, month):
    """Return how many months lie between January of ``year`` and ``month``."""
    return (month.year - year) * 12 + month.month - 1


def forget_the_gone(env, today):
    """End and delete what belongs to logins that are gone; see :mod:`.leavers`."""
    leavers.close(env, today)
    with vault(env) as inside:
        leavers.forget(inside)
        followup.forget_lost(inside)


# -- certificates ------------------------------------------------------------------


def _certify(inside, company, today, marks):
    last = inside[PURGE].search([], order="place desc", limit=1)
    content = {
        "day": today.isoformat(),
        "months": company.career_retention_months,
        "marks": sorted(marks),
        "fill": "0" * max(0, 64 * (ONE_SIZE - len(marks))),
    }
    values = {
        "company_id": company.id,
        "month": month_of(today),
        "place": last.place + 1,
    }
    link = _link(last.link or "", values, content)
    Slip.create(inside[PURGE], {**values, "link": link}, content)


def _link(before, values, content):
    """Return what chains a certificate to the one before it."""
    text = json.dumps(
        [
            before,
            values["company_id"],
            values["month"].isoformat(),
            values["place"],
            content,
        ],
        sort_keys=True,
    )
    key = load_keyring().derive(CHAIN)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def certificates(env, companies):
    """Return the certificates of ``companies``, the latest first."""
    listed = purged.marks()
    with vault(env) as inside:
        ring = load_keyring()
        refs = inside[TRAJECT].search_fetch([], ["ref"]).mapped("ref")
        present = {purged.mark_of(ring, ref) for ref in refs}
        found, before, place = [], "", 0
        for row in inside[PURGE].search([], order="place"):
            fits, content = _opened(row, before)
            fits = fits and row.place == place + 1
            if row.company_id in companies:
                found.append(_certificate(row, content, fits, listed, present))
            before, place = row.link, row.place
    return tuple(reversed(found))


def _opened(row, before):
    """Return whether a certificate fits on the one before, and what it says."""
    try:
        content = Slip(row).values
    except VaultError:
        return False, {}
    values = {
        "company_id": row.company_id.id,
        "month": row.month,
        "place": row.place,
    }
    return hmac.compare_digest(_link(before, values, content), row.link), content


def _certificate(row, content, fits, listed, present):
    marks = content.get("marks", [])
    return Certificate(
        month=row.month,
        company=row.company_id.name,
        day=date.fromisoformat(content["day"]) if content else row.month,
        months=content.get("months", 0),
        # Nothing computed from the marks alone: that of a month without any is known.
        number=row.link,
        is_chained=fits,
        is_gone=set(marks) <= listed and not set(marks) & present,
    )
