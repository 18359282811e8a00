"""The answer as the employee reads it."""

from datetime import date
from decimal import Decimal

from odoo.tests import tagged

from ..engine import values
from .common_entitlement import ON, EntitlementCase

REASON_NAMES = {
    "NO_AGREEMENT",
    "NO_START_DATE",
    "NOT_VERIFIED",
    "NO_RULE",
    "NOT_EMPLOYED_YET",
    "EMPLOYMENT_ENDED",
    "RULE_STARTS_LATER",
    "RULE_ENDED",
    "RULE_ENDS_FIRST",
    "SERVICE_TOO_SHORT",
    "INTERVAL_RUNNING",
    "SERVICE_MET",
    "NEVER_USED",
    "PARTLY_USED",
    "INTERVAL_OVER",
    "AFTER_EFFECT",
}


@tagged("post_install", "-at_install")
class TestSentences(EntitlementCase):
    def test_available(self):
        answer = self.answer(self.hire())
        self.assertEqual(self.plain(answer), "Available now: 1,000.00 €.")
        self.assertEqual(
            answer.because,
            (
                "You have not used this right before.",
                "Your service counts from 1 January 2020; 12 months are needed.",
            ),
        )
        self.assertEqual(answer.left_text, "1,000.00\xa0€")

    def test_partly_used(self):
        answer = self.answer(self.hire(), uses=[self.use(360, "2023-03-01")])
        self.assertEqual(
            self.plain(answer),
            "Available now: 640.00 €, to use before 1 March 2028. A new period starts "
            "on that day.",
        )

    def test_used_up(self):
        answer = self.answer(self.hire(), uses=[self.use(1000, "2023-03-01")])
        self.assertEqual(
            self.plain(answer),
            "Again from 1 March 2028, because 1,000.00 € was used in the period of 60 "
            "months that started on 1 March 2023. See: CAO Omroep, article 12.",
        )
        self.assertEqual(answer.left_text, "")

    def test_too_early(self):
        answer = self.answer(self.hire("2026-05-01"))
        self.assertEqual(
            self.plain(answer),
            "From 1 May 2027, because you need 12 months of service and your service "
            "counts from 1 May 2026. See: CAO Omroep, article 12.",
        )

    def test_two_obstacles(self):
        employee = self.hire("2026-05-01")
        answer = self.answer(employee, uses=[self.use(1000, "2023-03-01")])
        self.assertEqual(
            self.plain(answer),
            "Again from 1 March 2028, because 1,000.00 € was used in the period of 60 "
            "months that started on 1 March 2023. You need 12 months of service, and "
            "your service counts from 1 May 2026. See: CAO Omroep, article 12.",
        )

    def test_contract_still_to_start(self):
        self.rule.min_service_months = 0
        self.assertEqual(
            self.plain(self.answer(self.hire("2027-01-01"))),
            "From 1 January 2027, because your contract starts on that day. "
            "See: CAO Omroep, article 12.",
        )

    def test_contract_ended(self):
        self.assertEqual(
            self.plain(self.answer(self.hire("2020-01-01", "2026-06-30"))),
            "Not available. Your contract ended on 30 June 2026. "
            "See: CAO Omroep, article 12.",
        )

    def test_right_still_to_start(self):
        self.rule.valid_from = "2027-01-01"
        self.assertEqual(
            self.plain(self.answer(self.hire())),
            "From 1 January 2027, because this right starts on that day. "
            "See: CAO Omroep, article 12.",
        )

    def test_right_ended(self):
        self.rule.valid_to = "2025-12-31"
        self.assertEqual(
            self.plain(self.answer(self.hire())),
            "Not available. This right ended on 31 December 2025. "
            "See: CAO Omroep, article 12.",
        )

    def test_right_ends_before_it_comes_back(self):
        self.rule.valid_to = "2027-12-31"
        answer = self.answer(self.hire(), uses=[self.use(1000, "2023-03-01")])
        self.assertEqual(
            self.plain(answer),
            "Not available. This right ends on 31 December 2027, before you could use "
            "it. 1,000.00 € was used in the period of 60 months that started on "
            "1 March 2023. See: CAO Omroep, article 12.",
        )

    def test_last_day_of_the_right(self):
        self.rule.valid_to = "2027-12-31"
        self.assertEqual(
            self.plain(self.answer(self.hire())),
            "Available now: 1,000.00 €. The last day to use it is 31 December 2027.",
        )

    def test_after_effect_is_told(self):
        self.agreement.write({"valid_to": "2018-12-31", "has_after_effect": True})
        self.assertIn(
            "CAO Omroep ran until 31 December 2018 and stays in force until there is "
            "a new one.",
            self.answer(self.hire()).because,
        )

    def test_unknown(self):
        self.assertEqual(
            self.plain(self.answer(self.hire(start=False))),
            "Not known yet. The start date of your contract is not recorded. Please "
            "ask the career desk.",
        )
        self.agreement.action_withdraw_check()
        self.assertEqual(
            self.plain(self.answer(self.hire())),
            "Not known yet. The rules of CAO Omroep have not been checked yet. Please "
            "ask the career desk.",
        )
        self.company.career_agreement_id = False
        self.assertEqual(
            self.plain(self.answer(self.hire())),
            "Not known yet. It is not recorded which collective agreement applies to "
            "you. Please ask the career desk.",
        )

    def test_no_right_in_the_agreement(self):
        self.rule.active = False
        self.assertEqual(
            self.plain(self.answer(self.hire())),
            "Not available. The agreement that applies to you has no career right "
            "here.",
        )

    def test_other_units(self):
        for unit, quantity, expected in (
            ("hours", 1, "1 hour"),
            ("hours", 7.5, "7.50 hours"),
            ("sessions", 1, "1 session"),
            ("sessions", 6, "6 sessions"),
            ("scans", 1, "1 scan"),
            ("scans", 2, "2 scans"),
        ):
            with self.subTest(expected=expected):
                self.rule.write({"unit": unit, "quantity": quantity})
                sentence = self.plain(self.answer(self.hire()))
                self.assertEqual(sentence, f"Available now: {expected}.")

    def test_every_reason_has_its_own_sentence(self):
        """No reason of the engine falls through to the words of another."""
        day = date(2026, 1, 1)
        data = {
            name: day
            for name in ("starts_on", "ended_on", "start", "complete_on", "since")
        }
        data.update(months=12, served=12, agreement="CAO", ends=day)
        data.update(used=Decimal(1), granted=Decimal(2))
        codes = [
            getattr(values, name)
            for name in dir(values)
            if name in REASON_NAMES and isinstance(getattr(values, name), str)
        ]
        texts = {
            code: self.adapter._reason_text(
                values.Reason(code, "article 12", data), self.rule
            )
            for code in codes
        }
        self.assertEqual(len(codes), len(REASON_NAMES))
        self.assertEqual(len(set(texts.values())), len(codes))

    def test_dates_and_money_follow_the_language(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        adapter = self.adapter.with_context(lang="nl_NL")
        employee = self.hire()
        uses = {employee.id: [self.use(360, "2023-03-01")]}
        (answer,) = adapter._answers(employee, ON, uses)[employee.id]
        sentence = self.plain(answer)
        self.assertIn("640,00", sentence)
        self.assertIn("1 maart 2028", sentence)
