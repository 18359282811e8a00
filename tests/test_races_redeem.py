"""A thousand races over one voucher: never overspent, nothing lost, one winner."""

import random
import threading
import time
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from unittest.mock import patch

from parallel import ParallelCase

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

from odoo.addons.hr_career_focus.casework import log_connection, vouchers
from odoo.addons.hr_career_focus.casework.errors import CaseworkError
from odoo.addons.hr_career_focus.casework.opening import vault
from odoo.addons.hr_career_focus.casework.redeeming import (
    NotRedeemable,
    RedeemDoor,
    Unclear,
)
from odoo.addons.hr_career_focus.engine import voucher as engine
from odoo.addons.hr_career_focus.tests.common import NOW, TODAY

#: How many races with how many connections: a thousand in all.
RACES = {2: 640, 4: 240, 8: 80, 16: 40}
WON, GONE, LESS = "won", "gone", "less"


@tagged("post_install", "-at_install")
class TestRacesForAVoucher(ParallelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Rows are committed here, so the counters are on a connection of their own too.
        real = patch.object(log_connection, "is_in_test", lambda env: False)
        real.start()
        cls.addClassCleanup(real.stop)
        with cls.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            euro = env.ref("base.EUR").id
            made = env["hr.career.provider"].create(
                [{"name": name, "currency_id": euro} for name in ("One", "Two")]
            )
            cls.providers = made.ids
            cls.public = env.ref("base.public_user").id
            with vault(env) as inside:
                cls.ref, cls.code = vouchers.issue(inside, cls.fresh())
        cls.addClassCleanup(cls.forget)
        # How long Odoo waits before it runs a request again is of no matter here.
        short = patch("odoo.service.model.random.uniform", lambda _a, _b: 0.01)
        cls.addClassCleanup(short.stop)
        short.start()

    @classmethod
    def forget(cls):
        with cls.registry.cursor() as cr:
            cr.execute("DELETE FROM hr_career_voucher WHERE ref = %s", [cls.ref])
            cr.execute(
                "DELETE FROM hr_career_provider WHERE id = ANY(%s)", [cls.providers]
            )
            cr.execute("DELETE FROM hr_career_throttle")

    @classmethod
    def fresh(cls, **values):
        voucher = engine.Voucher.issue(
            unit="amount",
            value=Decimal(100),
            currency="EUR",
            company=cls.keep["company"],
            pot=engine.RIGHT,
            today=TODAY,
            months=12,
        )
        return replace(voucher, **values)

    def setUp(self):
        super().setUp()
        self.drawn = 0
        self.put()

    def put(self, **values):
        """Make the voucher as new, and forget who has mistyped."""

        def act(env):
            with vault(env) as inside:
                row, _voucher = vouchers.by_ref(inside, self.ref, lock=True)
                vouchers.save(row, self.fresh(**values))
            env.cr.execute("DELETE FROM hr_career_throttle")

        self.act(None, act)

    def now(self):
        with self.connection() as env, vault(env) as inside:
            return vouchers.by_ref(inside, self.ref)[1]

    def once(self):
        self.drawn += 1
        return f"{self.drawn:024x}"

    def door(self, env, provider=0):
        env = env(user=self.public, su=False)
        found = env["hr.career.provider"].browse(self.providers[provider])
        return RedeemDoor(env, found, "192.0.2.1", NOW)

    def taking(self, amount, provider=0, once=None):
        """Return an act that redeems, as the page does; it gives how that went."""
        once = once or self.once()

        def act(env):
            try:
                self.door(env, provider).redeem(self.code, {"amount": amount}, once)
            except NotRedeemable:
                return GONE
            except Unclear:
                return LESS
            return WON

        return None, act

    def late(self, login, act):
        """Return the same act, begun a moment after the others."""

        def later(env):
            time.sleep(0.1)
            return act(env)

        return login, later

    # -- the races ------------------------------------------------------------------

    def test_a_thousand_races(self):
        """Of all who want the whole voucher exactly one gets it."""
        chance = random.Random(3)
        lost = Counter()
        for connections, rounds in RACES.items():
            for _round in range(rounds):
                self.put()
                who = [chance.randrange(2) for _one in range(connections)]
                results = self.race(*(self.taking("100", one) for one in who))
                self.assertEqual(results.count(WON), 1, results)
                lost.update(results)
                voucher = self.now()
                [spend] = voucher.uses
                winner = self.providers[who[results.index(WON)]]
                self.assertEqual((spend.provider, spend.amount), (winner, 100))
        self.assertEqual(sum(RACES.values()), 1_000)
        self.assertEqual(lost[WON], 1_000)
        # Who lost to another provider is told nothing, who lost to itself what is so.
        self.assertGreater(min(lost[GONE], lost[LESS]), 100)

    def test_a_double_click_on_sixteen_connections(self):
        for _round in range(10):
            self.put()
            once = self.once()
            results = self.race(*[self.taking("60", once=once)] * 16)
            self.assertEqual(set(results), {WON})
            self.assertEqual([one.amount for one in self.now().uses], [60])

    def test_as_many_as_fit(self):
        """Of those who want a third, three get it."""
        for _round in range(20):
            self.put()
            results = self.race(*(self.taking("33", one % 2) for one in range(5)))
            self.assertEqual(results.count(WON), 3, results)
            self.assertEqual(self.now().redeemed, 99)

    def test_one_provider_only_where_the_rule_says_so(self):
        for _round in range(20):
            self.put(splits=False)
            results = self.race(*(self.taking("10", one % 2) for one in range(4)))
            won = [one % 2 for one in range(4) if results[one] == WON]
            self.assertEqual(len(set(won)), 1, results)
            self.assertEqual(results.count(GONE), 2)
            self.assertEqual(self.now().redeemed, 20)

    def test_void_while_redeeming(self):
        """What was redeemed is not void, and nothing is redeemed of what is."""

        def void(env):
            with vault(env) as inside:
                row, voucher = vouchers.by_ref(inside, self.ref, lock=True)
                vouchers.save(row, voucher.void(TODAY))
            return WON

        seen = Counter()
        for number in range(60):
            self.put()
            acts = [self.taking("40"), (None, void)]
            # One of them is always quicker by itself: each is late in a third of them.
            if number % 3 < 2:
                acts[number % 3] = self.late(*acts[number % 3])
            took, _void = self.race(*acts)
            totals = self.now().totals(TODAY)
            expected = 40 if took == WON else 0
            self.assertEqual((totals.redeemed, totals.void), (expected, 100 - expected))
            seen[took] += 1
        self.assertEqual(set(seen), {WON, GONE})

    def test_undo_in_two_windows_while_another_takes_it(self):
        self.put()
        self.act(*self.taking("100"))
        [spend] = self.now().uses

        def undo(env):
            try:
                self.door(env).undo(self.code, spend.ref)
            except CaseworkError:
                return LESS
            return WON

        for _round in range(20):
            results = self.race((None, undo), (None, undo), self.taking("100", 1))
            self.assertEqual(results[:2], [WON, WON])
            totals = self.now().totals(TODAY)
            self.assertEqual(totals.redeemed, 100 if results[2] == WON else 0)
            self.put(uses=(spend,))

    def test_while_the_night_mixes(self):
        """The night waits for who is redeeming, or who is redeeming is run again."""
        done = threading.Event()
        nights = []

        def nights_on_end():
            while not done.wait(0.5):
                with self.connection() as env, vault(env) as inside:
                    vouchers.mix(inside, TODAY)
                nights.append(1)

        night = threading.Thread(target=nights_on_end)
        night.start()
        try:
            while len(nights) < 5 and night.is_alive():
                self.put()
                results = self.race(*[self.taking("100") for _one in range(4)])
                self.assertEqual(results.count(WON), 1, results)
        finally:
            done.set()
            night.join(60)
        self.assertGreaterEqual(len(nights), 5)

    def test_wrong_codes_at_the_same_moment_get_ten_answers(self):
        """However many are tried at once, no more than ten get an answer."""
        wrong = vouchers.voucher_code.draw()

        def look(env):
            try:
                self.door(env).look(wrong)
            except NotRedeemable:
                return GONE
            except CaseworkError:
                return LESS

        results = [*self.race(*[(None, look)] * 16), *self.race(*[(None, look)] * 4)]
        self.assertEqual(Counter(results), {GONE: 10, LESS: 10})
        counted = self.numbers("SELECT wrong FROM hr_career_throttle")
        self.assertEqual(len(counted), 2)
        self.assertGreaterEqual(min(counted), 10)
