"""Before a right lapses: a neutral e-mail to whoever asked for one, or a calendar file.

Who asked to be reminded is as secret as who asked for a traject. Everything but a keyed
hash of the login is sealed, under a key of the row's own.

What the outside sees is one more neutral e-mail. Neither its day nor its hour may show
that it is a reminder: rights of many people lapse on the same day. So each reminder has
an hour of the day of its own, and each lapse a day of its own in the two weeks before
the day that was asked for; both are drawn with the key file.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta

from odoo.tools import SQL, email_normalize
from odoo.tools.mail import single_email_re

from ..engine.dates import add_months
from ..vault import sealing
from ..vault.blind_index import blind
from ..vault.errors import VaultError
from ..vault.keyring import load_keyring
from . import holds, notices, uses
from .errors import CaseworkError
from .opening import claim, vault

REMINDER = "hr.career.reminder"
#: How long before a lapse, in months; the second is what the page proposes.
LEADS = (1, 3, 6)
USUAL_LEAD = 3
#: Hours (UTC) in which reminders are sent: those in which people act in cases too.
HOURS = tuple(range(6, 16))
#: Over how many days the reminders of one lapse are spread.
SPREAD_DAYS = 14
#: A reminder is no answer to asking for it: so many days pass at least, at most.
FIRST_DAYS = (1, 7)


@dataclass(frozen=True)
class ReminderView:
    """The own reminder: where it goes, and how long before."""

    address: str
    months: int


@dataclass(frozen=True)
class LapseView:
    """What of a right lapses after ``until``, with its unit."""

    key: str
    name: str
    left: str
    until: date


class Slip:
    """One opened reminder, inside the scope only."""

    def __init__(self, row):
        self.row = row
        self._key = sealing.unwrap(load_keyring(), row.envelope, row.ref)
        place = sealing.place(REMINDER, row.ref)
        self.values = json.loads(sealing.open_sealed(self._key, row.sealed, place))

    def save(self, **changed):
        """Seal the reminder anew with some values changed."""
        self.values = dict(self.values, **changed)
        self.row.sealed = _sealed(self._key, self.row.ref, self.values)

    @property
    def view(self):
        return ReminderView(self.values["address"], self.values["months"])


def _sealed(key, ref, values):
    content = json.dumps(values, separators=(",", ":"), ensure_ascii=False).encode()
    return sealing.seal(key, content, sealing.place(REMINDER, ref))


def _owner_index(env):
    return blind(load_keyring(), "reminder", env.uid)


def _own(inside, lock=False):
    rows = inside[REMINDER]
    found = inside.execute_query(
        SQL(
            "SELECT id FROM hr_career_reminder WHERE owner_index = %s %s",
            _owner_index(inside),
            SQL("FOR UPDATE") if lock else SQL(),
        )
    )
    return rows.browse([number for (number,) in found])


def reminder_of(env):
    """Return the reminder of whoever is logged in, or None."""
    with vault(env) as inside:
        row = _own(inside)
        return Slip(row).view if row else None


def set_reminder(door, address, months):
    """Remind the employee behind ``door``; a second time changes the first.

    :raise CaseworkError: for a wrong address or time; nothing was changed
    """
    env = door.env
    if not door.is_open:
        raise CaseworkError(env._("Your employer has not opened this service yet."))
    address = email_normalize(str(address or ""))
    if not address or not single_email_re.match(address):
        raise CaseworkError(env._("This is not an e-mail address. Correct it."))
    if months not in LEADS:
        raise CaseworkError(env._("Choose how long before you want to hear."))
    values = {
        "user": env.uid,
        "employee": door.employee.id,
        "address": address,
        "months": months,
        "since": door.today.isoformat(),
        "sent": [],
    }
    with vault(env) as inside:
        row = _own(inside, lock=True)
        if row:
            # Also of whoever is hired anew, under another record of HR.
            Slip(row).save(address=address, months=months, employee=values["employee"])
        else:
            _create(inside, values)


def _create(inside, values):
    key, ref = sealing.new_key(), sealing.new_ref()
    row = inside[REMINDER].create(
        {
            "ref": ref,
            "owner_index": sealing.new_ref(),
            "envelope": sealing.wrap(load_keyring(), key, ref),
            "sealed": _sealed(key, ref, values),
        }
    )
    if not claim(row, "owner_index", _owner_index(inside)):
        raise CaseworkError(
            inside._(
                "You asked for this at the same moment in another window. That one "
                "counts; look at the page again."
            )
        )


def stop_reminder(env):
    """Forget the reminder of whoever is logged in: its row, and its key with it."""
    with vault(env) as inside:
        _own(inside, lock=True).unlink()


def lapses(env, answers):
    """Return what lapses, the first to lapse first.

    :param answers: the :class:`RightAnswer` list of one employee
    """
    sentences = env["hr.career.entitlement"].sudo().with_context(lang=env.lang)
    found = [
        LapseView(
            key=one.answer.rule_key,
            name=one.rule.with_context(lang=env.lang).name or "",
            left=sentences._quantity(one.answer.lapsing or one.answer.left, one.rule),
            until=one.answer.until,
        )
        for one in answers
        if _lapses(one.answer)
    ]
    return sorted(found, key=lambda lapse: (lapse.until, lapse.name))


def _lapses(answer):
    return answer.is_open and answer.until is not None


# -- the job -----------------------------------------------------------------------


def remind(env, now):
    """Send the reminders whose day and hour it is; return how many were sent.

    :param env: a superuser environment; the job of the system
    :param now: naive UTC moment; each reminder has one hour of the day

    The number of queries depends on nobody's number.
    """
    today = now.date()
    with vault(env) as inside:
        opened = [slip.values | {"id": slip.row.id} for slip in _due(inside, now.hour)]
    opened = _still_employed(env, _forget_who_is_gone(env, opened))
    numbers = [values["employee"] for values in opened]
    employees = env["hr.employee"].sudo().browse(numbers)
    logins = {values["employee"]: values["user"] for values in opened}
    known = uses.uses_of(env, numbers, today, logins)
    answers = env["hr.career.entitlement"].sudo()._entitlements(employees, today, known)
    told = {}
    for values in opened:
        sent = [tuple(one) for one in values["sent"] if one[1] >= today.isoformat()]
        new = [
            lapse
            for lapse in _lapses_to_tell(answers[values["employee"]], values, today)
            if lapse not in sent
        ]
        if new:
            told[values["id"]] = (values, [*sent, *new])
    _remember(env, {number: sent for number, (_values, sent) in told.items()})
    users = env["res.users"].sudo()
    for values, _sent in told.values():
        notices.notify_user(env, users.browse(values["user"]), values["address"])
    return len(told)


def _due(inside, hour):
    """Open, and lock, the reminders of this hour; one that does not open is skipped."""
    rows = inside[REMINDER].search_fetch([], ["ref"])
    ring = load_keyring()
    rows = rows.filtered(lambda row: hour_of(ring, row.ref) == hour)
    if rows:
        inside.cr.execute(
            SQL(
                "SELECT 1 FROM hr_career_reminder WHERE id = ANY(%s) FOR UPDATE",
                rows.ids,
            ),
            log_exceptions=False,
        )
    slips = []
    for row in rows:
        try:
            slips.append(Slip(row))
        except VaultError:
            continue
    return slips


def _forget_who_is_gone(env, opened):
    """Delete the reminders of logins that no longer exist; return the others.

    Under a legal hold they stay, and nothing is sent.
    """
    users = env["res.users"].sudo().browse({values["user"] for values in opened})
    known = set(users.exists().ids)
    with vault(env) as inside:
        held = holds.users_held(inside)
        gone = [
            values["id"]
            for values in opened
            if held is not None and values["user"] not in known | held
        ]
        inside[REMINDER].browse(gone).unlink()
    return [values for values in opened if values["user"] in known]


def _still_employed(env, opened):
    """Keep those whose login is the one of the employee, as when they asked."""
    employees = (
        env["hr.employee"].sudo().browse({values["employee"] for values in opened})
    )
    employees = employees.exists().filtered(
        lambda one: one.active and one.user_id.active and one.company_id.career_live
    )
    bound = {(one.id, one.user_id.id) for one in employees}
    return [
        values for values in opened if (values["employee"], values["user"]) in bound
    ]


def _lapses_to_tell(answers, values, today):
    """Return the lapses, as (right, last day), whose reminder is due by today."""
    ring = load_keyring()
    found = []
    for answer in answers:
        if _lapses(answer):
            day = day_to_tell(ring, values, answer.rule_key, answer.until)
            if day <= today <= answer.until:
                found.append((answer.rule_key, answer.until.isoformat()))
    return found


def hour_of(ring, ref):
    """Return the hour of the day at which the reminder ``ref`` is looked at."""
    return HOURS[_draw(ring, "reminder-hour", ref) % len(HOURS)]


def day_to_tell(ring, values, rule_key, until):
    """Return the day on which to remind of what lapses after ``until``.

    Never later than was asked for, unless it was asked for too late for that.
    """
    asked = add_months(until, -values["months"])
    place = f"{values['user']}|{rule_key}|{until}"
    spread = _draw(ring, "reminder-day", place) % SPREAD_DAYS
    lowest, highest = FIRST_DAYS
    wait = lowest + _draw(ring, "reminder-first", place) % (highest - lowest + 1)
    first = date.fromisoformat(values["since"]) + timedelta(days=wait)
    return min(max(asked - timedelta(days=spread), first), until)


def _draw(ring, purpose, text):
    number = int.from_bytes(text.encode(), "big")
    return int(blind(ring, purpose, number)[:12], 16)


def _remember(env, sent_by_id):
    with vault(env) as inside:
        for row in inside[REMINDER].browse(sorted(sent_by_id)):
            Slip(row).save(sent=sent_by_id[row.id])


# -- without any trace -------------------------------------------------------------


def calendar(door, months, found):
    """Return the own dates as a calendar file (RFC 5545); nothing of it is kept.

    The words are those of the neutral e-mail. Taken in again, the file changes the same
    dates instead of adding new ones.

    :param found: the lapses to put in
    """
    if months not in LEADS:
        months = USUAL_LEAD
    ring = load_keyring()
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Odoo//EN"]
    for lapse in found:
        day = max(add_months(lapse.until, -months), door.today)
        mark = blind(
            ring,
            "calendar",
            int.from_bytes(f"{door.env.uid}|{lapse.key}|{lapse.until}".encode(), "big"),
        )
        lines += [
            "BEGIN:VEVENT",
            f"UID:{mark[:32]}",
            f"DTSTAMP:{door.now:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"SUMMARY:{_escaped(door.env._('There is a message for you'))}",
            "CLASS:PRIVATE",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{line}\r\n" for line in lines)


def _escaped(text):
    """Return text as a calendar file holds it.

    >>> _escaped("One, two; three")
    'One\\\\, two\\\\; three'
    """
    for char in "\\;,":
        text = text.replace(char, f"\\{char}")
    return " ".join(text.split())
