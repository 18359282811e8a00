"""The answer as the employee reads it: one plain sentence for whatever is said."""

import re
from datetime import date
from decimal import Decimal

from odoo.tests import tagged

from ..engine import codes, values
from ..models.career_entitlement_condition import CONDITIONS
from .common_entitlement import ON, EntitlementCase

DAY = date(2024, 3, 1)
LATER = date(2029, 3, 1)
#: What is no reason and no condition, of all that :mod:`..engine.codes` names.
CHOICES = {
    code
    for choices in vars(codes).values()
    if isinstance(choices, tuple)
    for code in choices
}
REASONS = {
    code
    for name, code in vars(codes).items()
    if name.isupper() and isinstance(code, str) and code not in CHOICES
}
PART = {"granted": Decimal(1000), "used": Decimal(360), "since": DAY}
LOT = {"since": DAY, "next_lot": LATER, "quantity": Decimal(900)}
NO_LOT = {"since": DAY, "next_lot": None, "quantity": None}
#: For each reason the data it can come with, as :mod:`..engine.reasons` lists them.
SAMPLES = {
    values.NO_AGREEMENT: [{}],
    values.NO_START_DATE: [{}],
    values.NOT_VERIFIED: [{"agreement": "CAO"}],
    values.HOURS_UNKNOWN: [{"on": DAY}],
    values.WAGE_UNKNOWN: [{"on": DAY}],
    values.BIRTHDAY_UNKNOWN: [{"years": 57}],
    values.CATEGORY_UNKNOWN: [{}],
    values.NO_RULE: [{}],
    values.RULE_ENDED: [
        {"ended_on": DAY, "agreement": "CAO"},
        {"ended_on": None, "agreement": "CAO"},
    ],
    values.EMPLOYMENT_ENDED: [{"ended_on": DAY}],
    values.CATEGORY_EXCLUDED: [{"category": one} for one in values.CATEGORIES],
    values.CONTRACT_TYPE_EXCLUDED: [
        {"contract_type": values.PERMANENT, "contract_types": (values.FIXED_TERM,)},
        {"contract_type": values.FIXED_TERM, "contract_types": (values.PERMANENT,)},
    ],
    values.TERM_TOO_SHORT: [{"months": 24, "start": DAY, "end": LATER}],
    values.HOURS_TOO_FEW: [
        {"hours": Decimal(12), "min_hours": Decimal("15.5"), "exclusive": True},
        {"hours": Decimal(12), "min_hours": Decimal("15.5"), "exclusive": False},
    ],
    values.SERVICE_TOO_LONG: [{"months": 36, "start": DAY, "ended_on": LATER}],
    values.LEAVING: [{"leaves_on": LATER}],
    values.RULE_STARTS_LATER: [{"starts_on": LATER}],
    values.NOT_EMPLOYED_YET: [{"starts_on": LATER}],
    values.SERVICE_TOO_SHORT: [{"months": 12, "start": DAY, "complete_on": LATER}],
    values.TOO_YOUNG: [{"years": 57, "birthday": LATER}],
    values.INTERVAL_RUNNING: [
        {**PART, "months": 60, "ends": LATER, "counted_from": DAY},
        {**PART, "months": 60, "ends": LATER, "counted_from": date(2024, 6, 1)},
        {**PART, "months": 60, "ends": None, "counted_from": DAY},
    ],
    values.COMPLETION_PENDING: [{**PART, "months": 36}],
    values.BLOCK_USED: [{**PART, "months": 60, "ends": LATER}],
    values.USED_ONCE: [{**PART, "used_on": DAY}],
    values.NOTHING_SAVED: [
        {"balance": Decimal(balance), "enough_on": lot["next_lot"], **lot}
        for balance in (0, -300)
        for lot in (LOT, NO_LOT)
    ],
    values.RULE_ENDS_FIRST: [{"ended_on": DAY}],
    values.EMPLOYMENT_ENDS_FIRST: [{"ended_on": DAY}],
    values.NEVER_USED: [{}],
    values.PARTLY_USED: [{**PART, "ends": LATER}, {**PART, "ends": None}],
    values.INTERVAL_OVER: [{"since": DAY, "ended_on": LATER, "months": 60}],
    values.SAVED: [{"balance": Decimal(1800), **lot} for lot in (LOT, NO_LOT)],
    values.IN_ADVANCE: [
        {"advance": Decimal(2700), "balance": Decimal(balance), **lot}
        for balance in (0, -300)
        for lot in (LOT, NO_LOT)
    ],
    values.SERVICE_MET: [{"months": 12, "start": DAY, "served": 30}],
    values.AFTER_EFFECT: [{"agreement": "CAO", "ended_on": DAY}],
    values.COMPANY_IMPROVES: [{"agreement": "Rules of the house"}],
    values.GRANTED_EARLIER: [{"granted": Decimal(1000), "worth": Decimal(800)}],
    values.PART_TIME: [{"fte": Decimal("0.625"), "on": DAY}],
    values.PART_PERIOD: [{"months_left": 1, "months": 12, "since": DAY}],
}
#: Values of a condition that say nothing worth a sentence.
SILENT = {(values.CONDITION_OUTPUT, values.NO_OUTPUT_RULE)}
CHOICES_OF = {
    values.CONDITION_COACH: values.COACH_CHOICES,
    values.CONDITION_CONSULTATION: values.CONSULTATIONS,
    values.CONDITION_PAYER: values.PAYERS,
    values.CONDITION_EXIT: values.EXITS,
    values.CONDITION_OUTPUT: values.OUTPUTS,
}


class SentenceCase(EntitlementCase):
    def tell(self, code, data):
        """Return one reason as the employee reads it."""
        reason = values.Reason(code, "article 12", data)
        return self.adapter._reason_text(reason, self.rule)

    def say(self, status, *reasons, **answer):
        """Return an answer as the employee reads it, with plain spaces."""
        answer = values.Entitlement(
            self.rule.right_key, status, unit="amount", reasons=reasons, **answer
        )
        return self.adapter._sentence(answer, self.rule).replace("\xa0", " ")

    def reason(self, code, sample=0, **changes):
        return values.Reason(code, "article 12", {**SAMPLES[code][sample], **changes})

    def assertPlain(self, text):
        """A whole sentence: nothing left open, no code, nothing of Python."""
        self.assertRegex(text, r"^[A-Z0-9].*\.$")
        self.assertNotRegex(text, r"%\(|%s|\{|\}|None|Decimal|  |\.\.")
        self.assertNotRegex(text, r"[a-z]_[a-z]")


@tagged("post_install", "-at_install")
class TestEveryCode(SentenceCase):
    """Whatever the engine can say has a sentence of its own."""

    def test_no_code_is_forgotten(self):
        """All that the module names is a choice, a reason told here, or a condition."""
        told = set(SAMPLES) | {code for code, _neutral in CONDITIONS}
        self.assertEqual(REASONS, told)
        self.assertGreater(len(REASONS), 40)

    def test_every_reason_has_its_own_sentence(self):
        texts = {}
        for code, samples in SAMPLES.items():
            for number, data in enumerate(samples):
                with self.subTest(code=code, number=number):
                    text = self.tell(code, data)
                    self.assertPlain(text)
                    texts.setdefault(text, []).append(code)
        self.assertFalse([found for found in texts.values() if len(set(found)) > 1])

    def test_every_condition_has_a_sentence(self):
        self.assertEqual(set(CHOICES_OF), {code for code, _neutral in CONDITIONS})
        texts = set()
        for code, choices in CHOICES_OF.items():
            for value in choices:
                with self.subTest(code=code, value=value):
                    told = values.Reason(code, "", {"value": value})
                    answer = values.Entitlement("r", "available", conditions=(told,))
                    found = dict(self.adapter._conditions(answer, self.rule))
                    if (code, value) in SILENT:
                        self.assertNotIn(code, found)
                        continue
                    self.assertPlain(found[code])
                    texts.add(found[code])
        self.assertEqual(len(texts), sum(map(len, CHOICES_OF.values())) - len(SILENT))

    def test_every_status_with_every_reason(self):
        """Also an answer nobody thought of is a row of whole sentences."""
        for status in values.STATUSES:
            for code, samples in SAMPLES.items():
                for data in samples:
                    for next_date in (None, LATER):
                        text = self.say(
                            status,
                            values.Reason(code, "", data),
                            next_date=next_date,
                            left=Decimal(100),
                        )
                        self.assertPlain(text)

    def test_every_refusal_names_the_clause_and_the_day(self):
        """The article, and the next date or why there is none."""
        for code, samples in SAMPLES.items():
            for status in (values.NOT_YET, values.USED_UP, values.NOT_ELIGIBLE):
                reason = values.Reason(code, "", samples[0])
                later = self.say(status, reason, next_date=LATER)
                self.assertIn("1 March 2029", later)
                never = self.say(status, reason)
                self.assertTrue(never.startswith("Not available."), never)
                for text in (later, never):
                    self.assertIn("article 12", text)

    def test_why_there_is_no_later_day(self):
        for code, words in (
            (values.CATEGORY_EXCLUDED, "while your contract stays as it is"),
            (values.COMPLETION_PENDING, "once that traject has ended"),
            (values.USED_ONCE, "does not come back"),
            (values.RULE_ENDED, "no later day"),
            (values.SERVICE_TOO_LONG, "no later day"),
        ):
            self.assertIn(words, self.say(values.NOT_ELIGIBLE, self.reason(code)))
        nothing = self.reason(values.NOTHING_SAVED, 1)
        self.assertIn("you get no more", self.say(values.USED_UP, nothing))


@tagged("post_install", "-at_install")
class TestAvailable(SentenceCase):
    """What is left, until when, what is lost then, and what comes."""

    def available(self, *reasons, **answer):
        return self.say(values.AVAILABLE, *reasons, **answer)

    def test_without_an_end(self):
        self.assertEqual(
            self.available(left=Decimal(1000)), "Available now: 1,000.00 €."
        )

    def test_all_of_it_lapses_and_a_new_period_follows(self):
        self.assertEqual(
            self.available(
                left=Decimal(640),
                lapsing=Decimal(640),
                until=date(2028, 2, 29),
                next_date=date(2028, 3, 1),
            ),
            "Available now: 640.00 € left until 29 February 2028. What you have not "
            "used by then is lost. A new period starts on 1 March 2028.",
        )

    def test_part_of_it_lapses_and_more_is_added(self):
        self.assertEqual(
            self.available(
                self.reason(values.SAVED, next_lot=date(2027, 1, 1)),
                left=Decimal(1800),
                lapsing=Decimal(900),
                until=date(2026, 12, 31),
                next_date=date(2027, 1, 1),
            ),
            "Available now: 1,800.00 €. You lose 900.00 € of it if you have not used "
            "that by 31 December 2026. You get 900.00 € more on 1 January 2027.",
        )

    def test_reasons_aside_do_not_fill_the_answer(self):
        """How much comes from part-time work is told under "Why?", not here."""
        part = self.reason(values.PART_TIME)
        running = self.reason(values.INTERVAL_RUNNING)
        self.assertNotIn("62.5%", self.say(values.USED_UP, running, part))
        self.assertIn("62.5%", self.tell(part.code, part.data))

    def test_units(self):
        for unit, quantity, expected in (
            ("hours", "1", "1 hour"),
            ("hours", "7.5", "7.50 hours"),
            ("days", "1", "1 day"),
            ("days", "2.25", "2.25 days"),
            ("sessions", "1", "1 session"),
            ("sessions", "6", "6 sessions"),
            ("scans", "1", "1 scan"),
            ("scans", "2", "2 scans"),
            ("vouchers", "1", "1 voucher"),
            ("vouchers", "2", "2 vouchers"),
            ("trajects", "1", "1 traject"),
            ("trajects", "2", "2 trajects"),
        ):
            with self.subTest(expected=expected):
                self.rule.unit = unit
                sentence = self.available(left=Decimal(quantity))
                self.assertEqual(sentence, f"Available now: {expected}.")

    def test_lengths_of_time(self):
        for months, expected in (
            (1, "1 month"),
            (2, "2 months"),
            (12, "1 year"),
            (18, "18 months"),
            (60, "5 years"),
        ):
            self.assertEqual(self.adapter._length(months), expected)


@tagged("post_install", "-at_install")
class TestLater(SentenceCase):
    """The day, because of what, and where it says so."""

    SEE = " See: CAO Omroep, article 12."

    def later(self, status, code, sample=0, day=LATER, more=()):
        text = self.say(status, self.reason(code, sample), *more, next_date=day)
        self.assertTrue(text.endswith(self.SEE), text)
        return text.removesuffix(self.SEE)

    def test_used_in_a_rolling_period(self):
        self.assertEqual(
            self.later(values.USED_UP, values.INTERVAL_RUNNING),
            "Again from 1 March 2029, because you used 360.00 € in the period of 5 "
            "years that started on 1 March 2024.",
        )

    def test_counted_from_the_end_of_the_traject(self):
        self.assertEqual(
            self.later(values.USED_UP, values.INTERVAL_RUNNING, 1),
            "Again from 1 March 2029, because you used 360.00 € and it comes back 5 "
            "years after the traject ended on 1 June 2024.",
        )

    def test_used_in_a_block(self):
        self.assertEqual(
            self.later(values.USED_UP, values.BLOCK_USED),
            "Again from 1 March 2029, because you used 360.00 € in the period from 1 "
            "March 2024 to 28 February 2029.",
        )

    def test_nothing_saved(self):
        self.assertEqual(
            self.later(values.NOT_YET, values.NOTHING_SAVED),
            "From 1 March 2029, because you have saved nothing before that day.",
        )
        self.assertEqual(
            self.later(values.USED_UP, values.NOTHING_SAVED),
            "Again from 1 March 2029, because you used all that you had saved.",
        )

    def test_too_early(self):
        self.assertEqual(
            self.later(values.NOT_YET, values.SERVICE_TOO_SHORT),
            "From 1 March 2029, because you must have worked here for 1 year and your "
            "service counts from 1 March 2024.",
        )
        self.assertEqual(
            self.later(values.NOT_YET, values.TOO_YOUNG),
            "From 1 March 2029, because this right starts at the age of 57.",
        )

    def test_two_obstacles(self):
        text = self.later(
            values.USED_UP,
            values.INTERVAL_RUNNING,
            more=[self.reason(values.SERVICE_TOO_SHORT)],
        )
        self.assertIn("because you used 360.00 €", text)
        self.assertTrue(text.endswith("your service counts from 1 March 2024."), text)

    def test_another_day_than_the_reason_gives(self):
        """The day is then told apart, for it does not follow from that reason."""
        self.assertEqual(
            self.later(values.NOT_YET, values.SERVICE_TOO_SHORT, day=date(2030, 1, 1)),
            "Open to you from 1 January 2030. You must have worked here for 1 year, "
            "and your service counts from 1 March 2024.",
        )

    def test_the_contract_to_come_has_the_right(self):
        self.assertEqual(
            self.later(values.NOT_ELIGIBLE, values.CONTRACT_TYPE_EXCLUDED, 1),
            "Open to you from 1 March 2029. This right is only for people with a "
            "permanent contract, and yours is for a fixed term.",
        )

    def test_the_version_is_named(self):
        self.version.write({"name": "2024-2026", "valid_from": "2024-01-01"})
        text = self.say(values.NOT_ELIGIBLE, self.reason(values.RULE_ENDED))
        self.assertTrue(text.endswith("See: CAO Omroep, 2024-2026, article 12."))


@tagged("post_install", "-at_install")
class TestAnswers(SentenceCase):
    """From contracts to sentences, through the engine."""

    def test_available(self):
        answer = self.answer(self.hire())
        self.assertEqual(self.plain(answer), "Available now: 1,000.00 €.")
        self.assertEqual(
            answer.because,
            (
                "You have not used this right before.",
                "You have worked here since 1 January 2020, and 1 year is enough.",
            ),
        )
        self.assertEqual(answer.left_text, "1,000.00\xa0€")

    def test_partly_used(self):
        answer = self.answer(self.hire(), uses=[self.use(360, "2023-03-01")])
        self.assertEqual(
            self.plain(answer),
            "Available now: 640.00 € left until 29 February 2028. What you have not "
            "used by then is lost. A new period starts on 1 March 2028.",
        )

    def test_used_up(self):
        answer = self.answer(self.hire(), uses=[self.use(1000, "2023-03-01")])
        self.assertRegex(
            self.plain(answer),
            r"^Again from 1 March 2028, because you used 1,000.00 € .*article 12\.$",
        )
        self.assertEqual(answer.left_text, "")

    def test_right_ends_before_it_comes_back(self):
        self.rule.valid_to = "2027-12-31"
        self.version.write({"verified_by": "Petra Policy", "verified_on": ON})
        answer = self.answer(self.hire(), uses=[self.use(1000, "2023-03-01")])
        self.assertRegex(
            self.plain(answer),
            r"^Not available\. This right ends on 31 December 2027, before you could "
            r"use it\. .* no later day\. See: ",
        )

    def test_unknown(self):
        self.assertEqual(
            self.plain(self.answer(self.hire(start=False))),
            "Not known yet. The start date of your contract is not recorded. Please "
            "ask the career desk.",
        )
        self.version.action_withdraw_check()
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

    def test_dates_and_money_follow_the_language(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        adapter = self.adapter.with_context(lang="nl_NL")
        employee = self.hire()
        uses = {employee.id: [self.use(360, "2023-03-01")]}
        (answer,) = adapter._answers(employee, ON, uses)[employee.id]
        sentence = self.plain(answer)
        self.assertIn("640,00", sentence)
        self.assertTrue(re.search(r"29 februari 2028", sentence), sentence)
