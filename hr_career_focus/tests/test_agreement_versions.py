"""Versions of an agreement: the next one, what the engine gets, what counts when."""

from datetime import date
from decimal import Decimal

from lxml import html

from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from ..engine import values
from .common_entitlement import VersionCase

TODAY = "2026-11-21 12:00:00"


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestNextVersion(VersionCase):
    def test_the_next_version_is_a_draft_that_follows_on(self):
        """It has the rights of the latest, the next dates, and no check."""
        self.agreement.with_user(self.policy).action_new_version()
        following = self.agreement.version_ids - self.version
        self.assertEqual(following.name, "2026-2027")
        self.assertEqual(str(following.valid_from), "2026-01-01")
        self.assertEqual(str(following.valid_to), "2027-12-31")
        self.assertFalse(following.is_verified or following.was_open)
        self.assertFalse(following.registered_on or following.source_url)
        self.assertEqual(
            following.rule_ids.mapped("right_key"),
            self.version.rule_ids.mapped("right_key"),
        )
        self.assertEqual(following.rule_ids.mapped("quantity"), [1000, 1])

    def test_it_follows_the_latest_version(self):
        self.agreement.action_new_version()
        action = self.agreement.action_new_version()
        third = self.version.browse(action["res_id"])
        self.assertEqual(third.name, "2028-2029")
        self.assertEqual(len(self.agreement.version_ids), 3)

    def test_the_text_of_one_month_is_followed_by_a_month(self):
        self.version.write({"valid_from": "2024-02-01", "valid_to": "2024-02-29"})
        following = self.version._next_version()
        self.assertEqual(str(following.valid_from), "2024-03-01")
        self.assertEqual(str(following.valid_to), "2024-03-31")

    def test_without_a_last_day_it_begins_today(self):
        self.version.write({"valid_to": False})
        following = self.version._next_version()
        self.assertEqual(str(following.valid_from), "2026-11-21")
        self.assertFalse(following.valid_to)

    def test_the_first_version_of_an_agreement_is_empty(self):
        empty = self.agreement.create({"name": "New"})
        action = empty.with_user(self.policy).action_new_version()
        self.assertEqual(action["res_id"], empty.version_ids.id)
        self.assertFalse(empty.version_ids.rule_ids)

    def test_a_version_is_named_after_its_years(self):
        version = self.version._next_version()
        for first, last, name in (
            ("2026-01-01", "2026-12-31", "2026"),
            ("2026-01-01", False, "From 2026"),
            (False, "2026-12-31", "Until 2026"),
            (False, False, "Text in force"),
        ):
            version.write({"valid_from": first, "valid_to": last})
            self.assertEqual(version.name, name)
        version.name = "Signed in spring"
        version.valid_from = "2027-01-01"
        self.assertEqual(version.name, "Signed in spring")

    def test_next_to_its_agreement_a_version_goes_by_its_own_name(self):
        self.assertEqual(self.version.display_name, "CAO Omroep, 2024-2025")
        short = self.version.with_context(version_only=True)
        self.assertEqual(short.display_name, "2024-2025")

    def test_a_right_is_added_in_the_form_of_the_version(self):
        following = self.version._next_version()
        with (
            Form(following.with_user(self.policy)) as form,
            form.rule_ids.new() as right,
        ):
            right.name = "Advice"
            right.unit = "sessions"
            right.quantity = 3
        self.assertEqual(len(following.rule_ids), 3)
        self.assertEqual(following.rule_ids[-1].code, "advice")


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestEngineValues(VersionCase):
    def test_the_version_of_today(self):
        """In force on the day, after its end too; else the coming one."""
        self.assertEqual(self.agreement.version_id, self.version)
        following = self.version._next_version()
        self.assertEqual(self.agreement.version_id, self.version, "a draft is nothing")
        self.check(following, "2026-11-01")
        self.assertEqual(self.agreement.version_id, following)
        following.valid_from = "2027-01-01"
        self.assertEqual(self.agreement.version_id, self.version)
        self.version.has_after_effect = False
        self.assertEqual(self.agreement.version_id, following)

    def test_agreements_are_found_by_their_check_of_today(self):
        found = self.agreement.search([("is_verified", "=", True)])
        self.assertIn(self.agreement, found)
        self.version.action_withdraw_check()
        self.assertNotIn(
            self.agreement, self.agreement.search([("is_verified", "=", True)])
        )
        self.assertIn(
            self.agreement, self.agreement.search([("is_verified", "!=", True)])
        )

    def test_a_draft_next_to_a_checked_version_counts_for_nobody(self):
        draft = self.version._next_version()
        rules = self.version.rule_ids | draft.rule_ids
        self.assertEqual(len(rules._engine_rules()), 2)
        text = self.agreement._engine_agreement()
        self.assertEqual([one.key for one in text.versions], [str(self.version.id)])
        self.check(draft, "2026-11-20")
        self.assertEqual(len(rules._engine_rules()), 4)
        draft.action_withdraw_check()
        self.assertEqual(len(rules._engine_rules()), 4, "taken back is not a draft")
        draft.active = False
        self.assertEqual(len(rules._engine_rules()), 2)

    def test_while_nothing_was_checked_the_draft_answers(self):
        """So that employees read “ask the desk” and not “no right”."""
        fresh = self.agreement.copy()
        (engine_rule, _scan) = fresh.version_ids.rule_ids._engine_rules()
        self.assertFalse(engine_rule.text.verified)

    def test_everything_reaches_the_engine(self):
        self.rule.write(
            {
                "interval_kind": "accrual",
                "interval_months": 12,
                "block_origin": "2024-01-01",
                "accrual_timing": "at_end",
                "cap": 4500,
                "saving_months": 36,
                "advance_periods": 3,
                "prorate_fte": True,
                "full_time_hours": 36,
                "prorate_part": True,
                "contract_types": "fixed_term",
                "min_term_months": 24,
                "min_hours": 15,
                "hours_exclusive": True,
                "min_service_months": 6,
                "max_service_months": 120,
                "min_age": 45,
                "excluded_category_ids": [
                    Command.set(
                        self.env.ref("hr_career_focus.staff_category_student").ids
                    )
                ],
                "coach_choice": "list",
                "consultation": "consult",
                "payer": "fund",
                "exit_policy": "running_finishes",
                "output_rule": "advice_to_employee",
                "valid_from": "2024-02-01",
                "valid_to": "2025-11-30",
            }
        )
        (rule,) = self.rule._engine_rules()
        exact = Decimal
        self.assertEqual(
            rule.interval,
            values.Interval(
                "accrual", 12, date(2024, 1, 1), "at_end", exact(4500), 36, 3
            ),
        )
        self.assertEqual(
            rule.eligibility,
            values.Eligibility(
                6,
                120,
                frozenset({"fixed_term"}),
                24,
                exact(15),
                True,
                45,
                frozenset({"student"}),
            ),
        )
        self.assertEqual(
            (rule.prorate_fte, rule.full_time_hours, rule.prorate_part),
            (True, exact(36), True),
        )
        self.assertEqual(
            (rule.coach_choice, rule.consultation, rule.payer, rule.exit, rule.output),
            ("list", "consult", "fund", "running_finishes", "advice_to_employee"),
        )
        self.assertEqual(
            (rule.valid_from, rule.valid_to), (date(2024, 2, 1), date(2025, 11, 30))
        )
        self.assertEqual(
            rule.text,
            values.Version(
                str(self.version.id),
                "2024-2025",
                True,
                date(2024, 1, 1),
                date(2025, 12, 31),
                True,
                date(2024, 1, 20),
            ),
        )

    def test_the_day_of_the_first_check_stays(self):
        """Whoever writes it, and however often the check is done again."""
        draft = self.version._next_version().with_user(self.policy)
        draft.registered_on = "2020-01-01"
        self.assertFalse(draft.registered_on)
        draft.write({"verified_by": "Petra", "verified_on": "2020-01-01"})
        self.assertEqual(str(draft.registered_on), "2026-11-21")
        draft.action_withdraw_check()
        with freeze_time("2027-03-01"):
            draft.action_mark_checked()
        draft.write({"registered_on": False})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(str(draft.registered_on), "2026-11-21")
        self.assertEqual(str(draft.verified_on), "2027-03-01")
        self.assertFalse(draft.copy().registered_on)


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestTimeline(VersionCase):
    def rows(self):
        """Return ``(name or Gap, badges, sentences)`` of each row, the oldest first."""
        self.agreement.invalidate_recordset(["timeline"])
        tree = html.fromstring(str(self.agreement.timeline))
        found = []
        for row in tree.iter("li"):
            words = row.find("p")
            name = words.findtext("strong") or ""
            badges = [one.text for one in words.findall("span[@class]")]
            rest = [one.text for one in words.findall("span") if not one.get("class")]
            found.append((name, badges, " ".join(rest)))
        return found

    def test_one_version_stays_in_force_after_its_end(self):
        ((name, badges, sentences),) = self.rows()
        self.assertEqual(name, "2024-2025")
        self.assertEqual(badges, ["Checked", "In force today"])
        self.assertEqual(
            sentences,
            "From 1 January 2024 until 31 December 2025. It stays in force after its "
            "end, until there is a new version. It was checked here on 20 January "
            "2024, after its first day.",
        )

    def test_a_gap_is_told(self):
        self.version.has_after_effect = False
        self.check(self.version, "2024-01-01")
        following = self.version._next_version()
        following.valid_from = "2026-04-01"
        self.check(following, "2026-03-01")
        first, gap, second, _end = self.rows()
        self.assertEqual(first[1], ["Checked"])
        self.assertEqual(gap[1], ["Gap"])
        self.assertEqual(
            gap[2],
            "From 1 January 2026 until 31 March 2026 no version is in force: nobody "
            "has these rights then.",
        )
        self.assertEqual(second[1], ["Checked", "In force today"])
        following.valid_from = "2026-01-01"
        self.check(following, "2026-03-01")
        self.assertEqual(
            [row[0] for row in self.rows()], ["2024-2025", "2026-2027", ""]
        )

    def test_the_end_of_all_texts_is_a_gap(self):
        self.version.has_after_effect = False
        self.check(self.version, "2024-01-01")
        self.assertIn("From 1 January 2026 on no version", self.rows()[1][2])

    def test_an_overlap_is_told(self):
        following = self.version._next_version()
        following.write({"valid_from": "2025-07-01"})
        self.check(following, "2025-11-05")
        first, second = self.rows()
        self.assertIn("From 1 July 2025 “2025-2027” counts instead.", first[2])
        self.assertNotIn("stays in force", first[2])
        self.assertIn("In force today", second[1])

    def test_after_effect_ends_when_the_next_begins(self):
        following = self.version._next_version()
        following.valid_from = "2026-06-01"
        self.check(following, "2026-05-01")
        self.assertIn(
            "It stayed in force after its end, until 31 May 2026.", self.rows()[0][2]
        )

    def test_the_same_first_day(self):
        again = self.version.copy({"name": "Signed later"})
        again.write({"valid_from": "2024-01-01"})
        self.check(again, "2024-06-01")
        self.assertIn(
            "“Signed later” begins on the same day and counts instead.",
            self.rows()[0][2],
        )

    def test_drafts_and_lost_checks_are_told_apart(self):
        self.version._next_version()
        self.assertEqual(self.rows()[1][1], ["Draft"])
        self.version.action_mark_checked()
        self.rule.quantity = 1200
        self.assertEqual(self.rows()[0][1][0], "Changed since the check")

    def test_bars_are_not_read_aloud(self):
        tree = html.fromstring(str(self.agreement.timeline))
        for bar in tree.xpath("//*[contains(@style, 'left')]"):
            self.assertTrue(bar.xpath("ancestor-or-self::*[@aria-hidden='true']"))

    def test_a_name_is_text_and_no_markup(self):
        self.version.name = "<b>2024</b>"
        self.assertIn("&lt;b&gt;2024", str(self.agreement.timeline))

    def test_an_agreement_without_versions_has_no_line(self):
        self.assertFalse(self.agreement.create({"name": "New"}).timeline)
