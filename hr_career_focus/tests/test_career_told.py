"""Whatever the engine answers can be told: random histories, all the way to words."""

import random
from collections import Counter
from dataclasses import replace
from types import SimpleNamespace

from odoo.tests import tagged

from ..engine import values
from ..engine.entitlement import entitlement
from .naive_histories import Draw
from .test_career_sentences import REASONS, SentenceCase

HISTORIES = 2000
SEED = 20261121


@tagged("post_install", "-at_install")
class TestToldToTheEnd(SentenceCase):
    """No answer of the engine lacks what its sentence needs, or says too little."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        draw = Draw(random.Random(SEED))
        cls.answers = []
        for _number in range(HISTORIES):
            history = draw.history()
            found = entitlement(history.facts, history.rules, history.uses, history.on)
            cls.answers += [replace(one, reasons=_named(one.reasons)) for one in found]

    def wording(self, answer):
        """A stand-in for the record of the right, of the unit of the answer."""
        return SimpleNamespace(
            unit=answer.unit,
            currency_id=self.rule.currency_id,
            agreement_id=self.agreement,
            version_id=self.version,
            article="article 12",
        )

    def test_each_answer_in_whole_sentences(self):
        for answer in self.answers:
            rule = self.wording(answer)
            self.assertPlain(self.adapter._sentence(answer, rule))
            for text in self.adapter._because(answer, rule):
                self.assertPlain(text)
            for _code, text in self.adapter._conditions(answer, rule):
                self.assertPlain(text)

    def test_what_the_answer_knows_is_said(self):
        """The amount, the last day, the next day and the article are in the words."""
        for answer in self.answers:
            rule = self.wording(answer)
            text = self.adapter._sentence(answer, rule)
            if answer.is_open:
                self.assertIn(self.adapter._quantity(answer.left, rule), text)
            elif answer.status != values.UNKNOWN:
                self.assertIn("article 12", text)
            for day in (answer.until, answer.next_date):
                if day and answer.rule_key:
                    self.assertIn(self.adapter._day(day), text, answer)

    def test_nearly_every_reason_was_met(self):
        """The histories are rich enough for the two tests above to mean something."""
        met = Counter(code for one in self.answers for code in _codes(one))
        self.assertGreater(len(met), len(REASONS) - 8, REASONS - set(met))
        self.assertEqual({one.status for one in self.answers}, set(values.STATUSES))


def _named(reasons):
    """The agreements of the histories have no name; those of a company do."""
    return tuple(
        replace(one, data={**one.data, "agreement": "CAO"})
        if "agreement" in one.data
        else one
        for one in reasons
    )


def _codes(answer):
    return {reason.code for reason in (*answer.reasons, *answer.conditions)}
