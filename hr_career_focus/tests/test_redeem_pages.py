"""Redeeming over HTTP: with a key, as a coach, and with whatever else is sent."""

import json
import logging
import re
import time
from unittest.mock import patch

from lxml import html

from odoo.http import root
from odoo.tests import freeze_time, tagged

from ..casework import provider_keys
from ..controllers import redeem
from ..engine import voucher_code
from .common import NOW
from .page_case import PageCase
from .redeem_case import RedeemCompany

REDEEM = "/focus/redeem"
#: Long enough to be seen in the time an answer takes, short enough to test.
SHORT = 0.15


class RedeemPageCase(RedeemCompany, PageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_providers()
        cls.ref, cls.code = cls.make_voucher()
        cls.key = provider_keys.make(cls.provider)

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        waits = patch.object(redeem, "REFUSAL_SECONDS", 0.001)
        waits.start()
        self.addCleanup(waits.stop)

    def enter(self, key=None, code=""):
        """Show the key; return the answer."""
        return self.send(REDEEM, "enter", key=key or self.key, code=code)

    def post(self, source=None, **values):
        """Send a form whatever it is, as this session."""
        tree = source if source is not None else self.page(REDEEM)
        [token] = tree.xpath("(//input[@name='csrf_token'])[1]/@value")
        data = {"csrf_token": token, **values}
        return self.url_open(REDEEM, data=data, allow_redirects=False)

    def tree(self, response, status=200):
        self.assertEqual(response.status_code, status, self.said(response))
        return html.fromstring(response.text)

    def plain(self, response):
        """Return an answer without what each answer has of its own."""
        text = re.sub(r'name="once" value="[0-9a-f]{24}"', "ONCE", self.bare(response))
        return re.sub(r"[0-9a-f]{40,}", "TOKEN", text)

    def hero(self, tree):
        return " ".join(tree.xpath("//div[@id='o_cf_main']")[0].text_content().split())

    def take(self, tree, **typed):
        """From the voucher's page to the page after it was redeemed."""
        tree = self.tree(self.send(REDEEM, "check", source=tree, **typed))
        return self.tree(self.send(REDEEM, "redeem", source=tree))


@tagged("post_install", "-at_install")
class TestRedeemPages(RedeemPageCase):
    # -- the way of a provider --------------------------------------------------------

    def test_with_a_key(self):
        who = self.page(REDEEM)
        self.assertNotIn("Office of Coaches", who.text_content())
        ask = self.tree(self.enter())
        self.assertIn("Office of Coaches", self.hero(ask))
        tree = self.tree(self.send(REDEEM, "look", source=ask, code=self.code))
        self.assertIn("500.00", self.hero(tree))
        tree = self.take(tree, hours="1.5", invoice="2026-17")
        self.assertEqual(self.voucher(self.ref).redeemed, 181.5)
        self.assertIn("2026-17", self.hero(tree))
        [line] = self.voucher(self.ref).live
        tree = self.tree(self.send(REDEEM, "undo", entry=line.ref, source=tree))
        self.assertEqual(self.voucher(self.ref).redeemed, 0)

    def test_a_scanned_code_comes_along_with_the_key(self):
        tree = self.tree(self.enter(code=voucher_code.shown(self.code)))
        self.assertIn("This voucher is valid", self.hero(tree))

    def test_as_a_coach(self):
        self.login("coach")
        tree = self.page(REDEEM)
        self.assertIn("Office of Coaches", self.hero(tree))
        self.assertFalse(tree.xpath("//form[@id='form-leave']"))
        tree = self.tree(self.send(REDEEM, "look", source=tree, code=self.code))
        self.take(tree, amount="120")
        self.assertEqual(self.voucher(self.ref).redeemed, 120)

    def test_whoever_else_is_logged_in_needs_the_key(self):
        for login in ("victim", "finance", "other_coach"):
            with self.subTest(login=login):
                self.login(login)
                tree = self.page(REDEEM)
                self.assertTrue(tree.xpath("//form[@id='form-enter']"))
                answer = self.post(do="look", code=self.code)
                self.assertNotIn("500", self.hero(self.tree(answer, 422)))

    def test_the_page_shows_the_voucher_and_nothing_else(self):
        """No employer, no name, no month it was made, no number of its own."""
        self.company.name = "Employer of the victim"
        tree = self.tree(self.enter(code=self.code))
        shown = self.hero(tree)
        for secret in ("Employer of", "Victim", "2026", "June 2026", "CAO", self.ref):
            self.assertNotIn(secret, shown)
        self.assertIn("30 June 2027", shown)

    def test_the_answer_is_kept_nowhere(self):
        answer = self.enter(code=self.code)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")
        [title] = html.fromstring(answer.text).xpath("//title/text()")
        self.assertNotIn(self.code, title)

    # -- the same form twice ----------------------------------------------------------

    def test_sent_twice_takes_once(self):
        tree = self.tree(self.enter(code=self.code))
        confirm = self.tree(self.send(REDEEM, "check", source=tree, amount="200"))
        for _time in range(3):
            self.tree(self.send(REDEEM, "redeem", source=confirm))
        self.assertEqual(self.voucher(self.ref).redeemed, 200)
        self.assertEqual(len(self.voucher(self.ref).uses), 1)

    def test_what_cannot_be_used_is_said_and_nothing_is_taken(self):
        tree = self.tree(self.enter(code=self.code))
        answer = self.send(REDEEM, "check", source=tree, amount="600", invoice="A-1")
        self.assertRefused(answer, "There is less left")
        again = html.fromstring(answer.text)
        self.assertEqual(again.xpath("//input[@name='amount']/@value"), ["600"])
        self.assertEqual(again.xpath("//input[@name='invoice']/@value"), ["A-1"])
        self.assertEqual(self.voucher(self.ref).redeemed, 0)
        self.take(again, amount="500", invoice="A-1")
        self.assertEqual(self.voucher(self.ref).redeemed, 500)

    # -- a visit with a key -----------------------------------------------------------

    def test_leaving_ends_the_visit(self):
        ask = self.tree(self.enter())
        before = self.opener.cookies["session_id"]
        self.assertEqual(self.post(source=ask, do="leave").status_code, 303)
        self.assertTrue(self.page(REDEEM).xpath("//form[@id='form-enter']"))
        self.assertNotEqual(self.opener.cookies["session_id"], before)

    def test_showing_the_key_starts_another_session(self):
        before = self.opener.cookies["session_id"]
        self.enter()
        after = self.opener.cookies["session_id"]
        self.assertNotEqual(before[:42], after[:42])
        self.assertTrue(self.page(REDEEM).xpath("//form[@id='form-look']"))
        self.assertEqual(len(root.session_store.get(before)), 0)

    def test_a_new_or_withdrawn_key_ends_the_visit(self):
        for act in (provider_keys.make, provider_keys.withdraw):
            key = provider_keys.make(self.provider)
            ask = self.tree(self.enter(key))
            act(self.provider)
            answer = self.post(source=ask, do="look", code=self.code)
            self.assertTrue(
                self.tree(answer, 422).xpath("//form[@id='form-enter']"), act
            )
            self.calm()

    def test_a_visit_that_is_over_is_no_wrong_key(self):
        """Nothing is counted, and the code is still there after the key."""
        key = provider_keys.make(self.provider)
        ask = self.tree(self.enter(key))
        provider_keys.withdraw(self.provider)
        answer = self.post(source=ask, do="look", code=self.code)
        page = self.tree(answer, 422)
        self.assertIn("Your visit is over", self.hero(page))
        self.assertEqual(page.xpath("//input[@name='code']/@value"), [self.code])
        self.assertEqual(self.wrong_tries(), [])
        key = provider_keys.make(self.provider)
        self.assertIn("500", self.hero(self.tree(self.enter(key, code=self.code))))

    def test_a_visit_lasts_eight_hours(self):
        with freeze_time(NOW):
            kept = provider_keys.session_values(self.provider, "sid", NOW)
        public = self.env(user=self.env.ref("base.public_user").id, su=False)

        def after(seconds, sid="sid", **changed):
            moment = NOW.fromtimestamp(NOW.timestamp() + seconds)
            found = {**kept, **changed}
            return provider_keys.provider_in(public, found, sid, moment)

        self.assertEqual(after(8 * 3600 - 1), self.provider)
        self.assertFalse(after(8 * 3600))
        self.assertFalse(after(0, sid="other"))
        self.assertFalse(after(0, until=kept["until"] + 1))
        self.assertFalse(after(0, provider=self.other_provider.id))
        self.provider.action_archive()
        self.assertFalse(after(0))

    def test_wrong_keys_are_counted(self):
        for _time in range(10):
            self.assertEqual(self.enter("wrong").status_code, 422)
        answer = self.enter()
        self.assertEqual(answer.status_code, 429)
        self.assertIn("Minutes to wait", self.hero(html.fromstring(answer.text)))
        self.calm()
        self.assertEqual(self.enter().status_code, 200)

    # -- refusing -------------------------------------------------------------------

    def test_refusals_look_the_same(self):
        ask = self.tree(self.enter())
        answers = {}
        for reason, code in self.make_refused().items():
            for do in ("look", "check", "redeem", "undo"):
                self.calm()
                answers[reason, do] = self.post(
                    source=ask,
                    do=do,
                    code=code or " ",
                    amount="5",
                    once="0" * 24,
                    entry="0" * 32,
                )
        self.assertEqual({one.status_code for one in answers.values()}, {422})
        self.assertEqual(len({self.plain(one) for one in answers.values()}), 1)
        good = self.post(source=ask, do="look", code=self.code)
        self.assertEqual(good.status_code, 200)

    def test_refusals_take_the_same_time(self):
        """One fixed time, which is longer than any of the work takes."""
        ask = self.tree(self.enter())
        took = {}
        with patch.object(redeem, "REFUSAL_SECONDS", SHORT):
            for reason, code in self.make_refused().items():
                for _time in range(5):
                    self.calm()
                    start = time.perf_counter()
                    self.post(source=ask, do="look", code=code or " ")
                    took.setdefault(reason, []).append(time.perf_counter() - start)
        fastest = {reason: min(times) for reason, times in took.items()}
        for reason, seconds in fastest.items():
            self.assertGreater(seconds, SHORT, reason)
        spread = max(fastest.values()) - min(fastest.values())
        self.assertLess(spread, SHORT / 5, fastest)

    def test_after_ten_wrong_codes_no_code_is_good(self):
        ask = self.tree(self.enter())
        for _time in range(10):
            answer = self.post(source=ask, do="look", code=voucher_code.draw())
            self.assertEqual(answer.status_code, 422)
        codes = voucher_code.draw(), self.code
        answers = [self.post(source=ask, do="look", code=code) for code in codes]
        self.assertEqual([one.status_code for one in answers], [429, 429])
        # What was typed stays in the field, so that nobody types it twice.
        plain = [
            self.plain(answer).replace(code, "typed")
            for answer, code in zip(answers, codes, strict=True)
        ]
        self.assertIn("typed", plain[0])
        self.assertEqual(*plain)

    # -- what is left behind --------------------------------------------------------

    def test_the_code_is_in_no_session_log_or_address(self):
        with self.assertLogs(level=logging.DEBUG) as logged:
            tree = self.tree(self.enter(code=self.code))
            self.take(tree, amount="120")
            self.post(do="look", code=voucher_code.shown(self.code))
        said = "\n".join(f"{one.getMessage()} {one.args}" for one in logged.records)
        kept = json.dumps(
            dict(root.session_store.get(self.opener.cookies["session_id"]))
        )
        shown = voucher_code.shown(self.code)
        for place in (said, kept):
            for secret in (self.code, shown, self.ref, self.key):
                self.assertNotIn(secret, place)
        self.assertIn("focus_provider", kept)
        self.assertIn(REDEEM, said)
