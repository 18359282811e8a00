"""Dates, labels and the answer to "who can see this", in the reader's language."""

from datetime import date, datetime, timezone

import babel.dates
import babel.numbers
import pytz

from odoo.tools.misc import babel_locale_parse, get_lang

from ..casework import purposes
from ..casework.constants import COACH, DESK, ENTRY_KINDS, OUTCOMES, SELF
from . import seal_wording

#: Models whose reading rows decide what a role could list at all.
CASE_MODEL = "hr.career.traject"
TEXT_MODEL = "hr.career.entry"
#: Ways to meet, as a session keeps them.
MODALITIES = ("in_person", "video", "phone", "writing")


class Say:
    """Words for one reader: templates call it as ``say``."""

    def __init__(self, env, tz_cookie=None):
        self.env = env
        self._locale = babel_locale_parse(get_lang(env).code)
        self._readers = {}
        self._zone = _zone(env.user.tz) or _zone(tz_cookie) or pytz.utc

    def day(self, value):
        """A day in words: 3 March 2027."""
        if not value:
            return ""
        if isinstance(value, str):
            value = date.fromisoformat(value[:10])
        return babel.dates.format_date(value, "d MMMM y", locale=self._locale)

    def month(self, value):
        """A month in words: March 2027."""
        return value and babel.dates.format_date(value, "MMMM y", locale=self._locale)

    def moment(self, value):
        """A stored (UTC) moment on the reader's own clock."""
        if not value:
            return ""
        local = value.replace(tzinfo=timezone.utc).astimezone(self._zone)
        return babel.dates.format_datetime(local, "d MMM y, HH:mm", locale=self._locale)

    def appointment(self, value):
        """A time somebody agreed on, as the clock on the wall shows it."""
        try:
            moment = datetime.fromisoformat(value or "")
        except ValueError:
            return value or ""
        return babel.dates.format_datetime(
            moment, "EEEE d MMMM y, HH:mm", locale=self._locale
        )

    def number(self, value):
        """A number with the decimal sign of the language: 1.5 or 1,5."""
        return babel.numbers.format_decimal(value, locale=self._locale)

    def is_past(self, value):
        """Whether the clock on the reader's wall has passed an agreed time."""
        return value <= datetime.now(self._zone).isoformat(timespec="minutes")[:16]

    def role(self, code):
        """Who opened a file, in words."""
        return purposes.role_name(self.env, code)

    def opener(self, code):
        """Who opened a file, in words for somebody else than its owner."""
        if code == purposes.COACH:
            return self.env._("Coach")
        return purposes.role_name(self.env, code)

    def modality(self, code):
        return dict(self.modalities()).get(code, code or "")

    def modalities(self):
        labels = (
            self.env._("In person"),
            self.env._("By video"),
            self.env._("By phone"),
            self.env._("In writing"),
        )
        return list(zip(MODALITIES, labels, strict=True))

    def outcomes(self):
        labels = {
            "stays_renewed": self.env._("I stay, and my work has changed"),
            "job_inside": self.env._("Another job here"),
            "job_outside": self.env._("Another job elsewhere"),
            "study": self.env._("A study or training"),
            "fewer_hours": self.env._("Fewer hours"),
            "side_freelance": self.env._("Freelance work beside my job"),
            "self_employed": self.env._("Self-employed"),
            "none_yet": self.env._("No change yet"),
        }
        return [(code, labels.get(code, label)) for code, label in OUTCOMES]

    def language(self, name):
        """A language as its speakers call it: Odoo knows "Dutch / Nederlands"."""
        return name.rpartition("/")[2].strip()

    def initials(self, name):
        words = [word for word in (name or "").split() if word[:1].isalpha()]
        return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper()

    def tier(self, entry, me):
        """Which seal a text has: whose keys open it."""
        return seal_wording.tier(self.env, entry, me)

    def will(self, seal, audience, me):
        """Which seal a new text gets, and why."""
        return seal_wording.will(self.env, seal, audience, me)

    # ------------------------------------------------------------- who can see this

    def sees(self, kind, audience=None):
        """Who reads entries of a kind: (who, sees it, sentence) for each role.

        The case roles follow from the entry's audiences, the others from the access
        rows that are in force now: a row somebody adds shows up here.
        """
        audiences = (audience,) if audience else ENTRY_KINDS[kind][1]
        yes, no = self.env._("Yes"), self.env._("No")
        to_coach = yes if COACH in audiences else no
        if {COACH, SELF} <= set(audiences):
            to_coach = self.env._("Only what you share")
        rows = [
            (self.env._("You"), True, yes),
            (self.env._("Your coach"), COACH in audiences, to_coach),
            (
                self.env._("Career desk"),
                DESK in audiences,
                yes if DESK in audiences else no,
            ),
        ]
        readable = self._readable(TEXT_MODEL)
        odd = self.env._("Has a reading right: ask why")
        for group, label in self._outsiders():
            rows.append(
                (
                    label,
                    group in readable,
                    odd if group in readable else no,
                )
            )
        return rows

    def learns(self):
        """Who learns what, before sending: (who, own right, offered) for each role."""
        nothing = self.env._("Nothing")
        only_sent = self.env._("Nothing. Only what you send yourself, item by item")
        listed = self.env._("Has a right to list requests: ask why")
        shared = self.env._("That you ask, and what you share with the coach")
        rows = [
            (self.env._("You"), *[self.env._("Everything, always")] * 2),
            (self.env._("Your coach"), shared, shared),
            (
                self.env._("Career desk"),
                self.env._("That you ask, which right you use, and who your coach is"),
                self.env._("That you ask, and who your coach is"),
            ),
        ]
        readable = self._readable(CASE_MODEL)
        to_employer = {"base.group_user", "hr.group_hr_user"}
        for group, label in self._outsiders():
            told = only_sent if group in to_employer else nothing
            rows.append(
                (label, listed, listed) if group in readable else (label, nothing, told)
            )
        return rows

    def _outsiders(self):
        return [
            ("base.group_user", self.env._("Your manager and colleagues")),
            ("hr.group_hr_user", self.env._("HR")),
            ("hr_career_focus.group_finance", self.env._("Finance")),
            ("hr_career_focus.group_works_council", self.env._("Works council")),
            ("base.group_system", self.env._("System administrator, in Odoo")),
        ]

    def _readable(self, model):
        """Those groups of the outsiders that hold a reading row on the model."""
        if model not in self._readers:
            self._readers[model] = self._groups_reading(model)
        return self._readers[model]

    def _groups_reading(self, model):
        rows = (
            self.env["ir.model.access"]
            .sudo()
            .search([("model_id.model", "=", model), ("perm_read", "=", True)])
        )
        if not rows:
            return set()
        to_all = any(not row.group_id for row in rows)
        found = set()
        for xmlid, _label in self._outsiders():
            group = self.env.ref(xmlid).sudo()
            if to_all or rows.group_id & (group | group.all_implied_ids):
                found.add(xmlid)
        return found


def _zone(name):
    try:
        return pytz.timezone(name) if name else None
    except pytz.UnknownTimeZoneError:
        return None
