"""One login, two employers: the rights of both, and nothing passes between them."""

from datetime import date

from odoo.fields import Command
from odoo.tests import tagged

from ..casework import constants as c
from ..casework.errors import CaseworkError
from ..engine.values import AVAILABLE, USED_UP
from .common import CareerCase
from .page_case import HOME, START
from .test_pages_rights import RightsCase
from .two_employers import TwoEmployers


@tagged("post_install", "-at_install")
class TestTwoEmployers(TwoEmployers, CareerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.make_second_employer()
        cls.scan = cls.second.career_agreement_id.version_ids.rule_ids

    def rights(self, login="victim"):
        """Return ``{(employer, name): RightView}``; a right stands there once."""
        found = self.employee_door(login).all_rights()
        rights = {(one.employer, one.name): one for one in found}
        self.assertEqual(len(rights), len(found))
        return rights

    def statuses(self):
        return {employer: one.status for (employer, _n), one in self.rights().items()}

    def test_the_rights_of_both(self):
        """The own employer of the door first; the other one says who to ask."""
        first, second = self.employee_door().all_rights()
        self.assertEqual(
            [first.employer, second.employer], [self.company.name, "Second Works"]
        )
        self.assertTrue(first.can_request)
        self.assertFalse(first.to_ask)
        self.assertEqual(second.name, "Scan of Second Works")
        self.assertEqual(second.status, AVAILABLE)
        self.assertFalse(second.can_request)
        self.assertEqual(second.to_ask, "Ask the career desk of Second Works.")

    def test_the_door_follows_the_company(self):
        """With the other company as the own one, the two change places."""
        self.users["victim"].company_id = self.second
        door = self.employee_door()
        self.assertEqual(door.company, self.second)
        first, second = door.all_rights()
        self.assertEqual(first.name, "Scan of Second Works")
        self.assertTrue(first.can_request)
        self.assertIn(self.company.name, second.to_ask)

    def test_one_employer_says_nothing_of_employers(self):
        (right,) = self.employee_door("colleague").all_rights()
        self.assertEqual((right.employer, right.to_ask), ("", ""))
        self.assertTrue(right.can_request)

    def test_never_another_login_and_never_an_archived_record(self):
        person = self.people["Second Works"]
        self.assertEqual(len(self.rights()), 2)
        person.user_id = False
        self.assertEqual(list(self.rights()), [("", "Career traject")])
        self.users["colleague"].company_ids += self.second
        person.user_id = self.users["colleague"]
        self.assertEqual(list(self.rights()), [("", "Career traject")])
        self.assertEqual(len(self.rights("colleague")), 2)
        person.with_context(no_wizard=True).action_archive()
        self.assertEqual(list(self.rights("colleague")), [("", "Career traject")])

    def test_a_closed_employer_has_nothing_here(self):
        """Whichever of the two is closed; the other one stays."""
        self.set_live(self.second, False)
        self.assertEqual(list(self.rights()), [("", "Career traject")])
        self.set_live(self.second, True)
        self.set_live(self.company, False)
        ((employer, _name),) = self.rights()
        self.assertEqual(employer, "Second Works")
        self.set_live(self.second, False)
        self.assertFalse(self.rights())

    def test_uses_count_at_one_employer_only(self):
        """The same agreement at both: used here is not used there, either way."""
        self.second.career_agreement_id = self.agreement
        both = {self.company.name: AVAILABLE, "Second Works": AVAILABLE}
        self.assertEqual(self.statuses(), both)
        self.employee_door().case(self.make_active()).close([])
        self.assertEqual(self.statuses(), {**both, self.company.name: USED_UP})
        # Positive control: used there counts there.
        self.users["victim"].company_id = self.second
        self.users["privacy_officer"].company_ids += self.second
        self.make_mandate("desk", company_id=self.second.id)
        door = self.employee_door()
        door.request(c.OWN_RIGHT, rule_id=self.rule.id)
        self.assertEqual(set(self.statuses().values()), {USED_UP})

    def test_company_rules_stay_in_their_company(self):
        """More at the one is not more at the other, with the same agreement."""
        self.second.career_agreement_id = self.agreement

        def left():
            found = self.rights()
            return {name[0]: one.left for name, one in found.items()}

        self.assertEqual(len(set(left().values())), 1)
        before = left()
        self.env["hr.career.agreement"].create(
            {
                "name": "House rules",
                "company_id": self.second.id,
                "is_company_rules": True,
                "version_ids": [
                    Command.create(
                        {
                            "verified_by": "A. Expert",
                            "verified_on": date(2019, 1, 1),
                            "rule_ids": [
                                Command.create(
                                    {
                                        "name": "More",
                                        "quantity": 1500,
                                        "currency_id": self.env.ref("base.EUR").id,
                                        "interval_months": 60,
                                        "improves_rule_id": self.rule.id,
                                    }
                                )
                            ],
                        }
                    )
                ],
            }
        )
        after = left()
        self.assertEqual(after[self.company.name], before[self.company.name])
        self.assertIn("500", after["Second Works"])

    def test_a_forged_right_of_the_other_employer_is_refused(self):
        door = self.employee_door()
        with self.assertRaisesRegex(CaseworkError, "one of the rights on your page"):
            door.request(c.OWN_RIGHT, rule_id=self.scan.id)
        self.assertIsNone(door.running_ref())
        ref = door.request(c.OWN_RIGHT, rule_id=self.rule.id)
        self.assertEqual(door.case(ref).view.ref, ref)
        # Positive control: at the door of that employer it is a right like any other.
        door.case(ref).withdraw()
        self.users["victim"].company_id = self.second
        self.assertTrue(self.employee_door().request(c.OWN_RIGHT, rule_id=self.scan.id))

    def queries(self):
        """How many queries the rights take, with nothing known beforehand."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.employee_door().all_rights()
        return self.env.cr.sql_log_count - before

    def test_as_many_queries_for_more_employers(self):
        self.queries()
        two = self.queries()
        for name in ("Third Works", "Fourth Works", "Fifth Works"):
            self.make_second_employer(name)
        self.assertEqual(len(self.rights()), 5)
        self.assertEqual(self.queries(), two)


@tagged("post_install", "-at_install")
class TestTwoEmployersPage(TwoEmployers, RightsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.make_second_employer()
        cls.scan = cls.second.career_agreement_id.version_ids.rule_ids

    def test_each_card_names_its_employer(self):
        self.login("victim")
        page = self.page(HOME)
        cards = self.cards(page)
        here, there = cards["Career budget"], cards["Scan of Second Works"]
        self.assertIn(f"Employer: {self.company.name}", self.words(here))
        self.assertTrue(here.xpath(".//a[contains(@href, 'start')]"))
        self.assertNotIn("Ask the career desk", self.words(here))
        self.assertIn("Employer: Second Works", self.words(there))
        self.assertIn("Ask the career desk of Second Works.", self.words(there))
        self.assertFalse(there.xpath(".//a[contains(@href, 'start')]"))
        ids = page.xpath("//*/@id")
        self.assertEqual(len(ids), len(set(ids)))
        for card in cards.values():
            for mark in card.get("aria-labelledby").split():
                self.assertIn(mark, ids)
        self.assertIn(f"rights at {self.company.name} only", self.words(page))
        self.login("colleague")
        page = self.page(HOME)
        self.assertNotIn("Second Works", self.words(page))
        self.assertNotIn("Employer:", self.words(page))
        self.assertNotIn("only.", self.words(page.get_element_by_id("remind")))

    def test_start_offers_the_rights_of_the_door_only(self):
        self.login("victim")
        tree = self.page(START)
        budget, scan = (f"right-{one.id}" for one in (self.rules["budget"], self.scan))
        self.assertTrue(tree.xpath(f"//input[@value='{budget}']"))
        self.assertFalse(tree.xpath(f"//input[@value='{scan}']"))
        response = self.send(START, "request", source=tree, what=scan, channel="none")
        self.assertRefused(response, "what you ask for")
        self.assertEqual(self.trajects(), 0)
        self.send_well(START, "request", source=tree, what=budget, channel="none")
        self.assertEqual(self.trajects(), 1)

    def test_only_the_other_employer_is_open(self):
        self.set_live(self.company, False)
        self.login("victim")
        page = self.page(HOME)
        self.assertIn("Not open yet", self.words(page))
        self.assertEqual(list(self.cards(page)), ["Scan of Second Works"])
        self.set_live(self.second, False)
        self.assertFalse(self.cards())
