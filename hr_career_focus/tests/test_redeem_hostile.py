"""Ten thousand codes that are none: nothing accepted, nothing told apart."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from unittest.mock import patch

from odoo.tests import tagged

from ..casework import throttle, vouchers
from ..casework.redeeming import NotRedeemable
from ..engine import voucher_code
from ..vault import sealing
from .common import NOW
from .hostile_codes import HOSTILE, all_wrong
from .redeem_case import ONCE
from .test_redeem_door import DoorCase
from .test_redeem_pages import REDEEM, RedeemPageCase


@tagged("post_install", "-at_install")
class TestHostileCodes(DoorCase):
    def test_ten_thousand_codes(self):
        wrong = all_wrong(self.code)
        self.change(self.ref, lambda one: replace(one, expires=date(2029, 6, 30)))
        self.assertGreater(len(wrong), 10_000)
        # The check signs find all that are mistyped, before anybody is asked.
        passed = Counter()
        for at, text in enumerate(wrong):
            if at % throttle.MOST_WRONG == 0:
                # Another hour, so that the brake stays off.
                door = self.door(now=NOW + timedelta(hours=at))
            refusal = self.refused(door.look, text)
            self.assertIs(type(refusal), NotRedeemable, repr(text))
            self.assertEqual((refusal.args, refusal.__context__), ((), None))
            try:
                voucher_code.read(text)
            except voucher_code.CodeError as error:
                passed[error.reason] += 1
            else:
                passed["well made"] += 1
        self.assertGreaterEqual(passed["well made"], 2_500)
        self.assertGreaterEqual(passed[voucher_code.CHECK], 3_000)
        self.assertEqual(set(passed), {"well made", "length", "sign", "check"})
        # The last door of all is a good one for a good code.
        self.calm()
        self.assertEqual(door.look(self.code).left, 500)
        self.assertFalse(self.voucher(self.ref).uses)

    def test_every_refusal_does_the_same_work(self):
        """As many questions to the database, and as much that is opened."""
        work = {}
        opened = sealing.open_sealed
        for code in self.make_refused().values():
            for act in ("look", "redeem"):
                self.calm()
                door = self.door()
                with patch.object(sealing, "open_sealed", wraps=opened) as opening:
                    self.env.flush_all()
                    before = self.env.cr.sql_log_count
                    if act == "look":
                        self.refused(door.look, code)
                    else:
                        self.refused(door.redeem, code, {"amount": "5"}, ONCE)
                    queries = self.env.cr.sql_log_count - before
                work.setdefault(act, set()).add((queries, opening.call_count))
        self.assertEqual([len(found) for found in work.values()], [1, 1], work)

    def test_a_good_code_however_it_is_typed(self):
        shown = voucher_code.shown(self.code)
        for text in (
            shown,
            shown.lower(),
            self.code,
            f"  {shown.replace('-', ' ')}\n",
            f"https://example.com/focus/redeem#{shown}",
            shown.replace("-", "\u2013"),
            self.code.replace("8", "B").replace("5", "s").replace("2", "Z"),
        ):
            with self.subTest(text=text):
                self.assertEqual(self.door().look(text).left, 500)
        self.assertEqual(self.wrong_tries(), [])

    def test_a_voucher_put_under_another_code_does_not_open(self):
        """Who writes in the tables moves no value to a code of the own."""
        own = voucher_code.draw()
        self.env.cr.execute(
            "UPDATE hr_career_voucher SET envelope = taken.envelope,"
            " sealed = taken.sealed FROM hr_career_voucher AS taken"
            " WHERE taken.ref = %s AND hr_career_voucher.code_index = %s",
            [self.ref, vouchers._index(vouchers.load_keyring(), self._code_in_pool())],
        )
        self.assertEqual(self.env.cr.rowcount, 1)
        self.assertIsInstance(self.refused(self.door().look, own), NotRedeemable)


@tagged("post_install", "-at_install")
class TestHostileRequests(RedeemPageCase):
    """The same over HTTP: no error page on whatever is sent."""

    #: Read at each request, so it is worth to see it in every place.
    FIELDS = ("code", "amount", "hours", "rate", "invoice", "once", "entry", "do")

    def test_some_hundred_codes(self):
        ask = self.tree(self.enter())
        chance = random.Random(7)
        wrong = all_wrong(self.code)
        codes = [*HOSTILE, *chance.sample(wrong, 300)]
        pages, answers = set(), Counter()
        for at, code in enumerate(codes):
            if at % 10 == 0:
                self.calm()
            answer = self.post(source=ask, do="look", code=code)
            if not code:
                # An empty form asks again, like the page itself.
                self.assertEqual(answer.status_code, 200)
                continue
            answers[answer.status_code] += 1
            pages.add(self.plain(answer))
        self.assertEqual(set(answers), {422}, answers)
        self.assertEqual(len(pages), 1)
        self.calm()
        answer = self.post(source=ask, do="look", code=self.code)
        self.assertEqual(answer.status_code, 200)

    def test_every_field_takes_everything(self):
        ask = self.tree(self.enter())
        chance = random.Random(11)
        usual = {"do": "redeem", "code": self.code, "once": ONCE, "rate": "21"}
        for name in self.FIELDS:
            for text in chance.sample(HOSTILE, 12):
                self.calm()
                answer = self.post(source=ask, **{**usual, name: text})
                with self.subTest(name=name, text=text[:40]):
                    self.assertIn(answer.status_code, (200, 422))
        self.assertEqual(self.voucher(self.ref).redeemed, 0)

    def test_files_and_raw_bytes(self):
        ask = self.tree(self.enter())
        [token] = ask.xpath("(//input[@name='csrf_token'])[1]/@value")
        for name in ("code", "do", "amount", "once"):
            self.calm()
            data = {"csrf_token": token, "do": "look", "code": self.code}
            data.pop(name, None)
            answer = self.opener.post(
                self.base_url() + REDEEM, data=data, files={name: ("f", b"\x00\xff")}
            )
            self.assertIn(answer.status_code, (200, 422), name)
        start = f"csrf_token={token}&do=look&code=".encode()
        for raw in (
            b"%00",
            b"%ff%fe",
            b"%",
            b"%zz",
            b"\xff\x00",
            b"a&code=b",
            b"+" * 9,
        ):
            self.calm()
            answer = self.opener.post(
                self.base_url() + REDEEM,
                data=start + raw,
                headers={"Content-Type": "application/x-www-form-urlencoded"},
            )
            self.assertEqual(answer.status_code, 422, raw)

    def test_without_the_proof_of_the_session_nothing_is_done(self):
        """Another site cannot send this form in a provider's name."""
        ask = self.tree(self.enter())
        [token] = ask.xpath("(//input[@name='csrf_token'])[1]/@value")
        usual = {"do": "redeem", "code": self.code, "once": ONCE, "amount": "5"}
        for wrong in ("", token[:-1], "x", "0" * 40 + "o0", "\x00", "é"):
            data = {**usual, "csrf_token": wrong}
            answer = self.url_open(REDEEM, data=data, allow_redirects=False)
            self.assertRefused(answer, "This page has changed")
        self.assertEqual(self.voucher(self.ref).redeemed, 0)
        self.assertEqual(self.wrong_tries(), [])
        self.assertEqual(self.post(source=ask, **usual).status_code, 200)
        self.assertEqual(self.voucher(self.ref).redeemed, 5)

    def test_wrong_keys_of_every_kind(self):
        pages = set()
        for at, text in enumerate((*HOSTILE, self.code, self.ref, self.key[:-1])):
            if at % 10 == 0:
                self.calm()
            answer = self.post(do="enter", key=text, code=self.code)
            self.assertEqual(answer.status_code, 422, repr(text))
            pages.add(self.plain(answer))
        self.assertEqual(len(pages), 1)
