"""Public rights: dated texts that employees read and HR policy maintains."""

from datetime import date, datetime, time

from lxml import html
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..casework import EmployeeDoor
from .common import CareerCase
from .page_case import HOME, PageCase

ON = date(2026, 11, 21)


@tagged("post_install", "-at_install")
class TestPublicRight(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.texts = cls.env["hr.career.public.right"]
        cls.texts.search([]).active = False
        cls.belgium, cls.netherlands = cls.env.ref("base.be"), cls.env.ref("base.nl")

    def make(self, name="Right", **values):
        return self.texts.create(
            {"name": name, "text": "What it is.", "publisher": "P", **values}
        )

    def shown(self, country=None, on_date=ON, right_codes=()):
        country = country or self.env["res.country"]
        return self.texts._shown(country, on_date, right_codes).mapped("name")

    def test_by_country(self):
        """Of the own country and of no country; all of them when none is known."""
        self.make("BE", country_id=self.belgium.id, sequence=1)
        self.make("NL", country_id=self.netherlands.id, sequence=2)
        self.make("World", sequence=3)
        self.assertEqual(self.shown(self.belgium), ["BE", "World"])
        self.assertEqual(self.shown(self.netherlands), ["NL", "World"])
        self.assertEqual(self.shown(self.env.ref("base.fr")), ["World"])
        self.assertEqual(self.shown(), ["BE", "NL", "World"])

    def test_from_the_first_day_to_the_last(self):
        self.make(valid_from="2026-03-01", valid_to="2026-12-31")
        for day, expected in (
            (date(2026, 2, 28), []),
            (date(2026, 3, 1), ["Right"]),
            (date(2026, 12, 31), ["Right"]),
            (date(2027, 1, 1), []),
        ):
            self.assertEqual(self.shown(on_date=day), expected, day)

    def test_archived_is_not_shown(self):
        right = self.make()
        self.assertEqual(self.shown(), ["Right"])
        right.active = False
        self.assertEqual(self.shown(), [])

    def test_not_twice_for_who_has_it_by_agreement(self):
        self.make(right_code="refund")
        self.assertEqual(self.shown(right_codes=("other",)), ["Right"])
        self.assertEqual(self.shown(right_codes=("refund",)), [])

    def test_ends_before_it_starts(self):
        self.make(valid_from="2026-03-01", valid_to="2026-03-01")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make(valid_from="2026-03-01", valid_to="2026-02-28")

    def test_only_policy_maintains(self):
        """Others read on their page only; that tells nobody who reads."""
        right = self.make()
        for login, groups in (
            ("policy", "hr_career_focus.group_policy"),
            ("employee", "base.group_user"),
            ("portal", "base.group_portal"),
            ("desk_only", "base.group_user,hr_career_focus.group_desk"),
        ):
            user = new_test_user(self.env, f"{login}_public", groups=groups)
            own = right.with_user(user)
            self.env.invalidate_all()
            with self.subTest(login):
                if login == "policy":
                    own.name = "Changed"
                    self.assertEqual(own.copy().name, "Changed")
                    continue
                for act in (
                    lambda own=own: own.read(["name"]),
                    lambda own=own: own.write({"name": "Mine"}),
                    lambda own=own: own.unlink(),
                    lambda own=own: own.search([]),
                ):
                    with self.assertRaises(AccessError):
                        act()
        self.assertEqual(right.name, "Changed")

    def test_nothing_points_at_it(self):
        """Who uses a public right is asked nowhere, so no field can hold it."""
        pointing = [
            f"{name}.{field.name}"
            for name, model in self.env.registry.items()
            for field in model._fields.values()
            if field.comodel_name == "hr.career.public.right"
        ]
        self.assertEqual(pointing, [])


@tagged("post_install", "-at_install")
class TestShipped(CareerCase):
    """What ships: the texts of :file:`data/public_right_data.xml`."""

    def names(self, country, today=ON):
        self.company.country_id = country
        now = datetime.combine(today, time(12))
        door = EmployeeDoor(self.env_of("victim"), now=now)
        return {one.name: one for one in door.public_rights()}

    def test_flanders_changes_with_the_year(self):
        """The cheque until the end of 2026; what comes after it stays told."""
        belgium = self.env.ref("base.be")
        now = self.names(belgium)
        later = self.names(belgium, date(2027, 1, 1))
        (gone,) = set(now) - set(later)
        self.assertIn("loopbaancheque", gone)
        self.assertTrue(any("loopbaankrediet" in name for name in later))
        self.assertIn("Flanders or in Brussels", now[gone].conditions[0])
        self.assertEqual(now[gone].text_date, date(2025, 7, 18))

    def test_what_goes_through_the_employer_says_so(self):
        by_employer = {
            one.kind
            for one in self.names(self.env.ref("base.be")).values()
            if one.by_employer
        }
        self.assertEqual(by_employer, {"other"})

    def test_ended_schemes_are_named(self):
        (only,) = self.names(self.env.ref("base.nl")).values()
        self.assertEqual(only.kind, "ended")
        for scheme in ("NL leert door", "STAP", "45"):
            self.assertIn(scheme, only.text)

    def test_each_has_a_source(self):
        for one in self.names(self.env["res.country"]).values():
            self.assertTrue(one.publisher)
            self.assertTrue(one.seen_on)
            self.assertTrue(one.source_url.startswith("https://"))


@tagged("post_install", "-at_install")
class TestPublicRightsPage(PageCase):
    def setUp(self):
        super().setUp()
        self.company.country_id = self.env.ref("base.be")
        self.text = self.env.ref("hr_career_focus.public_right_volta")
        self.text.write({"valid_to": False, "active": True})

    def cards(self):
        self.login("victim")
        found = self.page(HOME).xpath("//article[contains(@aria-labelledby,'public')]")
        return [" ".join(card.text_content().split()) for card in found]

    def card(self):
        return next((one for one in self.cards() if self.text.name in one), "")

    def test_card_says_all(self):
        """Who published it, when it was looked up, and that nobody is told."""
        self.text.text_date = "2026-02-03"
        for words in (
            "Your employer is not told",
            "Volta, the fund of the electricians",
            "21 November 2026",
            "3 February 2026",
            "(opens a new tab)",
        ):
            self.assertIn(words, self.card())
        self.text.by_employer = True
        self.assertIn("Goes through your employer", self.card())
        self.assertNotIn("is not told", self.card())

    def test_other_country_and_past_are_away(self):
        self.assertTrue(self.card())
        self.text.valid_to = "2020-01-01"
        self.assertFalse(self.card())
        self.text.valid_to = False
        self.text.country_id = self.env.ref("base.nl")
        self.assertFalse(self.card())

    def test_before_the_service_is_open(self):
        """Public rights are there for everybody, whatever the employer does."""
        self.env.cr.execute("UPDATE res_company SET career_live = false")
        self.env.invalidate_all()
        self.assertTrue(self.card())

    def test_no_script_from_a_source(self):
        """A link that is no web address is not shown as a link."""
        self.login("victim")
        for address, expected in (
            ("javascript:alert(1)", 0),
            ("https://volta.test/x", 1),
        ):
            self.text.source_url = address
            links = self.page(HOME).xpath(f"//a[@href='{address}']")
            self.assertEqual(len(links), expected)

    def test_none_at_all(self):
        """Without a text there is no heading either."""
        self.env["hr.career.public.right"].search([]).active = False
        self.login("victim")
        self.assertNotIn(b'id="public"', html.tostring(self.page(HOME)))
