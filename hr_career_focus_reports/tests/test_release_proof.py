"""A release carries its proof, and the works council can have it proven again."""

import logging
from dataclasses import replace
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, freeze_time, tagged
from odoo.tools import SQL

from odoo.addons.hr_career_focus.casework import erasing, home, purging
from odoo.addons.hr_career_focus.casework.opening import vault
from odoo.addons.hr_career_focus.vault import rehearsal

from ..engine import release as engine
from ..engine.parameters import AGREED
from ..models.frozen_mixin import publishing
from .common import Organisation

COUNCIL = "base.group_user,hr_career_focus.group_works_council"
POLICY = "base.group_user,hr_career_focus.group_policy"
OTHERS = {
    "colleague": "base.group_user",
    "settings": "base.group_system",
    "officer": "base.group_user,hr_career_focus.group_privacy_officer",
    "finance": "base.group_user,hr_career_focus.group_finance",
}


class ProofCase(TransactionCase):
    """66 people in three units, of whom 6, 6 and 2 took part in 2025.

    When the two units of 6 are shown as "6 or more", whoever knows that it was 14 in
    all, and knows both of Sound, knows that nobody else there took part.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.org = Organisation(
            cls.env, "Omroep De Waal", {"Studio": 22, "Office": 22, "Sound": 22}
        )
        cls.company = cls.org.company
        for name, number in (("Studio", 6), ("Office", 6), ("Sound", 2)):
            cls.org.start(cls.org.staff[name][:number], date(2025, 3, 1))
        cls.job = cls.env["hr.career.release.job"]

    @freeze_time("2026-01-15")
    def publish(self, **injected):
        for name, value in injected.items():
            self.patch(type(self.job), name, value)
        return self.org.publish(2025)

    def facts(self):
        """Return the register of the year and who started when."""
        registers = self.job._registers(self.company, 2025, {"year"})
        with publishing():
            return registers["year"], self.job._starts(self.company, 2025)

    def computed(self, secret, parameters, *facts):
        """Return what would be published with a key."""
        register, starts = facts or self.facts()
        return engine.compute(
            register,
            starts,
            company=self.company.id,
            period="year",
            published_on=date(2026, 1, 15),
            secret=secret,
            parameters=parameters,
        )

    def draw(self, state, parameters):
        """Return a key whose draws lead to a state, and what is published then."""
        register, starts = self.facts()
        for number in range(1000):
            secret = b"%032d" % number
            release = self.computed(secret, parameters, register, starts)
            if release.state == state:
                return secret, release
        self.fail(f"No draw leads to {state}.")

    def publish_full(self):
        secret, _release = self.draw(engine.FULL, AGREED)
        return self.publish(_rounding_secret=lambda job: secret)


@tagged("post_install", "-at_install")
class TestProof(ProofCase):
    def test_the_proof_is_stored_under_the_fingerprint(self):
        release = self.publish_full()
        kept = dict(release.certificate)
        self.assertRegex(kept.pop("lists"), "^[0-9a-f]{64}$")
        self.assertEqual(
            kept,
            {
                "holds": True,
                "insiders": 2,
                "exact_total": False,
                "rows": len(release.cell_ids),
            },
        )
        self.assertGreater(len(release.cell_ids), 4)
        self.assertIn("for everybody", release.proof_text)
        self.assertTrue(release._is_intact())
        self.env.flush_all()
        self.cr.execute("DROP TRIGGER hr_career_write_once ON hr_career_release")
        self.cr.execute(
            SQL(
                "UPDATE hr_career_release SET certificate = NULL WHERE id = %s",
                release.id,
            )
        )
        self.env.invalidate_all()
        self.assertFalse(release._is_intact())

    def test_a_release_from_before_keeps_its_fingerprint(self):
        """What was stored without a proof is whole; there is none to repeat."""
        _secret, found = self.draw(engine.FULL, AGREED)
        older = replace(
            found,
            certificate=None,
            parameters={
                name: number
                for name, number in found.parameters.items()
                if name not in ("insiders", "exact_total")
            },
        )
        with publishing():
            release = self.env["hr.career.release"]._freeze(older)
        self.env.invalidate_all()
        self.assertFalse(release.certificate)
        self.assertIn("before there was a proof", release.proof_text)
        self.assertTrue(release._is_intact())
        with freeze_time("2026-01-20"):
            self.assertIn("none to repeat", release._prove())

    @freeze_time("2026-01-20")
    def test_no_proof_about_another_list_of_the_same_size(self):
        """HR could ask about lists it made up, one by one: there is no answer."""
        release = self.publish_full()
        self.assertTrue(release._prove()["holds"])
        staff = self.org.employees.version_id
        one, other = (
            staff.filtered(lambda term, sex=sex: term.sex == sex)[:1]
            for sex in ("female", "male")
        )
        one.sex, other.sex = other.sex, one.sex
        self.env.flush_all()
        self.assertIn("was changed in HR", release._prove())
        one.sex, other.sex = other.sex, one.sex
        self.env.flush_all()
        self.assertTrue(release._prove()["holds"])

    def test_council_and_policy_prove_it_again(self):
        release = self.publish_full()
        for login, groups in (("council", COUNCIL), ("policy", POLICY)):
            user = self.org.login(login, groups)
            self.env.invalidate_all()
            with (
                freeze_time("2026-01-31"),
                self.assertNoLogs("odoo.addons.hr_career_focus_reports", logging.INFO),
            ):
                mine = release.with_user(user)
                self.assertTrue(mine._can_prove())
                self.assertEqual(
                    mine._prove(),
                    {
                        "holds": True,
                        "people": 66,
                        "insiders": 2,
                        "rows": len(release.cell_ids),
                    },
                )
                params = mine.action_prove()["params"]
            self.assertEqual(params["type"], "success")
            self.assertIn("each of the 66 people", params["message"])

    def test_nobody_else(self):
        """Not by the button, not on a record that other code found as superuser."""
        release = self.publish_full()
        with freeze_time("2026-01-20"):
            for login, groups in OTHERS.items():
                user = self.org.login(login, groups)
                for found in (release.with_user(user), release.with_user(user).sudo()):
                    self.env.invalidate_all()
                    with self.subTest(login=login), self.assertRaises(AccessError):
                        found.action_prove()
            council = self.org.login("council", COUNCIL)
            self.assertTrue(release.with_user(council).sudo()._prove()["holds"])
            council.sudo().write(
                {"company_ids": [(6, 0, self.env.company.ids)]}
                | {"company_id": self.env.company.id}
            )
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                release.with_user(council).sudo()._prove()

    def test_until_cases_are_deleted_by_rule(self):
        """The months of the purge and its rule decide, whatever cases there are."""
        self.env["ir.config_parameter"].set_param(home.FROM, "2026-01-01")
        home.remember(self.env)
        release = self.publish_full()
        later = Organisation(self.env, "Kept for long", {"All": 40})
        later.settle(career_retention_months=24)
        with freeze_time("2026-01-15"):
            kept = later.publish(2025)
        for month, is_over in ((date(2026, 1, 1), False), (date(2026, 2, 1), True)):
            with freeze_time(month):
                for company in (self.company, later.company):
                    purging.purge(self.env(su=True), company, month)
                self.assertEqual(release._can_prove(), not is_over)
                self.assertTrue(kept._can_prove())
        self.assertEqual(release._prove(), release._proof_over())
        self.assertIn("deleted by rule", release._proof_over())
        params = release.action_prove()["params"]
        self.assertEqual(params["type"], "warning")
        self.assertEqual(params["message"], release._proof_over())
        for month, can_prove in ((date(2027, 1, 1), True), (date(2027, 2, 1), False)):
            purging.purge(self.env(su=True), later.company, month)
            self.assertEqual(kept._can_prove(), can_prove)

    def test_somebody_deleted_an_own_case(self):
        """The same answer: the row is taken wider, nobody hears of it."""
        release = self.publish_full()
        with freeze_time("2026-01-20"):
            before = release._prove()
            with vault(self.env) as inside, rehearsal.going_on():
                for traject in inside["hr.career.traject"].search(
                    [("company_id", "=", self.company.id)], limit=6
                ):
                    erasing.erase(inside, traject, date(2026, 1, 20))
            self.assertEqual(len(self.facts()[1]), 8)
            self.assertEqual(release._prove(), before)

    def test_the_list_of_employees_was_changed(self):
        release = self.publish_full()
        self.org.hire("Studio", 1, date(2025, 2, 1))
        with freeze_time("2026-01-20"):
            outcome = release._prove()
        self.assertIsInstance(outcome, str)
        self.assertIn("changed in HR", outcome)

    def test_the_gate_without_an_exact_total(self):
        """The company's own row can be what makes it certain: refused as well."""
        _secret, refused = self.draw(engine.PRIVACY, AGREED)
        self.assertEqual(len(refused.rows), 1)
        self.assertGreaterEqual(refused.rows[0].figure.shown, 10)

    def test_figures_that_should_not_be_there(self):
        """Rows that the gate refuses, stored past the gate: the proof is not found."""
        stricter = AGREED.stricter(20, exact_total=True)
        secret, _refused = self.draw(engine.PRIVACY, stricter)
        open_to_all = self.computed(secret, AGREED)
        self.assertEqual(open_to_all.state, engine.FULL)
        forged = replace(open_to_all, parameters=stricter.as_dict())
        self.patch(type(self.job), "_rounding_secret", lambda _job: secret)
        with publishing():
            release = self.env["hr.career.release"]._freeze(forged)
        with freeze_time("2026-01-20"):
            self.assertFalse(release._prove()["holds"])
            params = release.action_prove()["params"]
        self.assertEqual((params["type"], params["sticky"]), ("danger", True))

    def test_the_privacy_check(self):
        """The company figure alone, a state and a line of the log without names."""
        self.company.career_exact_total = True
        secret, refused = self.draw(
            engine.PRIVACY, AGREED.stricter(20, exact_total=True)
        )
        # A number, because Odoo gives the name INFO to another level as well.
        with self.assertLogs(
            "odoo.addons.hr_career_focus_reports", logging.INFO
        ) as logged:
            release = self.publish(_rounding_secret=lambda job: secret)
        self.assertEqual(release.state, engine.PRIVACY)
        self.assertEqual(release.cell_ids.mapped("table"), ["company"])
        self.assertEqual(release._rows(), refused.rows)
        self.assertFalse(release.certificate["holds"])
        self.assertIn("stands alone", release.proof_text)
        self.assertTrue(release._is_intact())
        said = "\n".join(logged.output)
        self.assertIn("Privacy check", said)
        self.assertNotRegex(said, "Studio|Office|Sound")
        self.assertEqual({one.levelno for one in logged.records}, {logging.INFO})
        with freeze_time("2026-01-20"):
            self.assertEqual(release._prove()["rows"], 1)


@tagged("post_install", "-at_install")
class TestProofOfQuarters(TransactionCase):
    """204 people: four quarters and the year, proven together."""

    def test_all_releases_of_a_year(self):
        org = Organisation(
            self.env, "Zorg Aan Zee", {"North": 80, "South": 80, "Office": 44}
        )
        job = self.env["hr.career.release.job"]
        for nth, quarter in enumerate(("q1", "q2", "q3", "q4"), start=1):
            begin = 16 * nth
            org.start(org.employees[begin : begin + 9], date(2025, 3 * nth, 1))
            day = date(2025, 3 * nth + 1, 15) if nth < 4 else date(2026, 1, 15)
            with freeze_time(day):
                release = org.publish(2025, quarter)
                self.assertEqual(release.certificate["rows"], nth)
                self.assertTrue(release._prove()["holds"])
        with freeze_time("2026-01-15"):
            year = org.publish(2025)
        self.assertEqual(year.state, engine.FULL)
        self.assertEqual(year.certificate["rows"], 4 + len(year.cell_ids))
        # A year later, with cases of other quarters there: each as on its own day.
        with freeze_time("2026-01-31"):
            for nth, release in enumerate(job._of_year(org.company, 2025), start=1):
                outcome = release._prove()
                self.assertTrue(outcome["holds"])
                self.assertEqual(
                    outcome["rows"], nth if nth < 5 else 4 + len(year.cell_ids)
                )

    def test_a_list_that_became_shorter_than_quarters_need(self):
        """What was published about a quarter stays, and stops no later release."""
        org = Organisation(self.env, "Zorg Aan Zee", {"North": 120, "South": 81})
        org.start(org.employees[:30], date(2025, 2, 1))
        with freeze_time("2025-04-15"):
            self.assertTrue(org.publish(2025, "q1"))
        org.employees[-2:].with_context(no_wizard=True).unlink()
        with freeze_time("2026-01-15"):
            self.assertFalse(org.publish(2025, "q4"))
            year = org.publish(2025)
            self.assertEqual(year.certificate["rows"], 1 + len(year.cell_ids))
            self.assertTrue(year._prove()["holds"])
            first = self.env["hr.career.release.job"]._published(
                org.company, 2025, "q1"
            )
            self.assertIn("changed in HR", first._prove())
