"""Two organisations that differ only in who took part, and how to tell them apart.

`twin` finds another truth that gives the very same published rows: whoever can tell
the two apart by anything that can be read has learned more than what was published.
"""

from contextlib import contextmanager
from datetime import date

from lxml import html

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, freeze_time
from odoo.tools import SQL

from ..engine import release as engine
from ..engine import schedule, structure
from ..engine.parameters import AGREED
from .common import Organisation

SIZES = {"Production": 5, "Studio": 30, "Camera": 24, "Office": 25, "Sound": 8}
PARENTS = {"Studio": "Production", "Camera": "Production", "Sound": "Production"}
MONTHS = [date(2025, month, 1) for month in range(1, 13)]
SECRET = b"a key for the tests alone, 32 B."
#: What is written once.
PUBLISHED_TABLES = (
    "hr_career_release",
    "hr_career_release_cell",
    "hr_career_release_unit",
)
#: Tables of which a test makes the same records more than once.
NUMBERED = (*PUBLISHED_TABLES, "hr_career_spending", "hr_career_spending_row")


class Undoing:
    """Lets one test live through several histories of one database."""

    @contextmanager
    def undone(self):
        """Undo what happens inside, the numbers of published records too."""
        self.env.flush_all()
        numbers = [self._number(name) for name in NUMBERED]
        savepoint = self.cr.savepoint()
        try:
            yield
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()
            for number in numbers:
                self.cr.execute(SQL("SELECT setval(%s, %s, %s)", *number))

    def _number(self, table):
        """Return the sequence of a table and where it stands."""
        name = f"{table}_id_seq"
        self.cr.execute(
            SQL("SELECT last_value, is_called FROM %s", SQL.identifier(name))
        )
        return name, *self.cr.fetchone()


class WorldsCase(Undoing, HttpCase):
    """An organisation of 92 people; who of them took part is decided by each test."""

    #: The key of the draws.
    secret = SECRET

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.org = Organisation(cls.env, "Omroep De Waal", SIZES, PARENTS)
        cls.company = cls.org.company
        cls.releases = cls.env["hr.career.release"]
        cls.job = cls.env["hr.career.release.job"]
        cls.classPatch(type(cls.job), "_rounding_secret", lambda _self: cls.secret)
        with freeze_time("2025-01-02"):
            cls.env["hr.career.release.unit"]._of_year(cls.company, 2025)
        staff = cls.org.staff
        cls.truth = dict.fromkeys(staff["Studio"][:8].ids, MONTHS[2]) | dict.fromkeys(
            staff["Office"][:7].ids, MONTHS[8]
        )

    def register(self, year=2025, period=schedule.YEAR):
        return self.env["hr.career.release.register"]._of_period(
            self.company,
            year,
            schedule.first_day(year, schedule.YEAR),
            schedule.last_day(year, period),
        )

    def computed(self, starts, register=None, secret=None):
        """Return what the engine publishes about 2025 for this truth."""
        return engine.compute(
            register or self.register(),
            starts,
            company=self.company.id,
            period=schedule.YEAR,
            published_on=date(2026, 1, 15),
            secret=secret or self.secret,
            parameters=AGREED.stricter(self.company.career_min_group),
        )

    def drawings(self, keys=8):
        """Return what the one truth looks like, drawn with different keys."""
        return {
            self.computed(self.truth, secret=bytes([one])).rows for one in range(keys)
        }

    def twin(self, starts):
        """Return a truth of another size, far away, that is published alike.

        Somebody joins or leaves so that no row changes; then as many pairs as can
        change places. Those who take part start in other months. Not every drawing
        leaves room for that: the key of the test becomes one that does.
        """
        register = self.register()
        groups = structure.offered(register, schedule.YEAR, AGREED)

        def rows(people):
            return engine.drawn(groups, people, self.prefix, self.secret, AGREED.base)

        inside = frozenset(starts)
        moves = self._moves(register.keys, inside, groups)
        for number in range(100):
            self.patch(type(self), "secret", SECRET + bytes([number]))
            aim = rows(inside)
            other = next(
                (inside ^ moved for moved in moves if rows(inside ^ moved) == aim),
                inside,
            )
            if other != inside:
                break
        self.assertNotEqual(len(other), len(starts))
        for one in sorted(other & starts.keys()):
            for two in sorted(register.keys - other - starts.keys()):
                if one in other and rows(other ^ {one, two}) == aim:
                    other ^= {one, two}
        found = {key: MONTHS[key % 12] for key in other}
        self.assertEqual(
            self.computed(found, register).content(),
            self.computed(starts, register).content(),
        )
        return found

    def _moves(self, everybody, inside, groups):
        """Return who might join or leave: one person of each kind, alone."""
        kinds = {}
        for key in sorted(everybody):
            rows = tuple(key in group.members for group in groups)
            kinds.setdefault((key in inside, rows), key)
        return [frozenset([key]) for key in kinds.values()]

    @property
    def prefix(self):
        return f"{self.company.id}|2025|{schedule.YEAR}"

    def take_part(self, starts):
        """Write a truth into the vault."""
        for month in MONTHS:
            self.org.start(
                self.org.employees.filtered(
                    lambda one, month=month: starts.get(one.id) == month
                ),
                month,
            )

    @freeze_time("2026-01-15")
    def publish(self, year=2025):
        return self.org.publish(year)

    def cron(self, day):
        """Run the job as the scheduler does on a day."""
        with freeze_time(day):
            self.env.ref("hr_career_focus_reports.release_cron").method_direct_trigger()

    @contextmanager
    def world(self, starts):
        """Publish 2025 for a truth, and undo it all afterwards."""
        with self.undone():
            self.take_part(starts)
            yield self.publish()

    def rows_in_database(self):
        """Return the published tables as text, read past the ORM."""
        self.env.flush_all()
        found = []
        for name in PUBLISHED_TABLES:
            table = SQL.identifier(name)
            self.cr.execute(SQL("SELECT t::text FROM %s t ORDER BY id", table))
            found += self.cr.fetchall()
        return found

    def article(self, login, path="/focus/uptake", language=None):
        """Return the figures on a page as `login` gets them, byte for byte."""
        self.authenticate(login, login.ljust(8, "x"))
        self.opener.cookies.set("frontend_lang", language or "en_US")
        response = self.url_open(path)
        self.assertEqual(response.status_code, 200, (login, path))
        return self.main(response.text)

    def main(self, text):
        """Return the part of a page that is ours, without its tokens."""
        [main] = html.fromstring(text).xpath("//main")
        for token in main.xpath(".//input[@name='csrf_token']"):
            token.set("value", "")
        return html.tostring(main)


def readable(env, user, skip=()):
    """Return everything a login can read through the models, field by field.

    Names of models map to rows; a model that is refused maps to None. Computed and
    related fields are read too: a copy that superuser code makes is a leak as well.
    """
    env.flush_all()
    env.invalidate_all()
    found = {}
    for name in sorted(env.registry):
        model = env[name].with_user(user)
        if model._abstract or model._transient or name in skip:
            continue
        try:
            records = model.search([], order="id", limit=400)
            found[name] = model.search_count([]), _values(records)
        except AccessError:
            found[name] = None
    return found


def _values(records):
    """Return the readable values of records, without files."""
    described = records.fields_get(attributes=["type", "store", "related"])
    names = [
        name
        for name, field in described.items()
        if field["type"] != "binary" and (field["store"] or field.get("related"))
    ]
    try:
        return records.read(names, load=None)
    except AccessError:
        return None
