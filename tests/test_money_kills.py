"""Workers that are killed in the middle of it: nothing is half done, nothing is lost.

Each worker is a process of its own with connections of its own. It says through a pipe
what it begins and, after the commit, what it has done. Killed is ``kill -9``: no
handler runs, the database notices that nobody is there any more.
"""

import json
import os
import random
import signal
import time
from contextlib import suppress
from decimal import Decimal
from types import SimpleNamespace

from money_races import CLOSING, MAY, MoneyRaces

from odoo import SUPERUSER_ID, api, sql_db
from odoo.service import model
from odoo.tests import get_db_name, tagged

from odoo.addons.hr_career_focus.casework import budgets, vouchers
from odoo.addons.hr_career_focus.casework.errors import CaseworkError
from odoo.addons.hr_career_focus.casework.opening import vault
from odoo.addons.hr_career_focus.casework.redeeming import NotRedeemable
from odoo.addons.hr_career_focus.engine import budget as b
from odoo.addons.hr_career_focus.engine.voucher import BUDGET

KILLS = 200
WORKERS = 4
#: How many closings a worker's life has room for, at most.
ACTS = 5
SHARED = 8


class Worker:
    """One process that acts until it is killed.

    :param acts: function(environment, say) of one act
    """

    def __init__(self, registry, act):
        self.lines, out = os.pipe()
        self.pid = os.fork()
        if self.pid:
            os.close(out)
            return
        try:
            self._work(registry, act, out)
        finally:
            os._exit(1)

    def _work(self, registry, act, out):
        # The connections of before belong to the parent: kept, so that none is closed.
        self.kept = (sql_db._Pool, sql_db._Pool_readonly, registry._db)
        sql_db._Pool = sql_db._Pool_readonly = None
        registry._db = sql_db.db_connect(get_db_name())
        random.seed(os.urandom(8))
        # Shorter waits between two tries, for more acts in a life as short as this.
        model.random = SimpleNamespace(uniform=lambda _from, _to: 0.02)

        def say(*words):
            os.write(out, f"{json.dumps(words)}\n".encode())

        while True:
            with registry.cursor() as cr, suppress(CaseworkError, NotRedeemable):
                env = api.Environment(cr, SUPERUSER_ID, {})
                say("begin")
                done = model.retrying(lambda env=env: act(env), env)
                say("done", *done)

    def kill(self):
        """End it, and return what it said."""
        os.kill(self.pid, signal.SIGKILL)
        _pid, status = os.waitpid(self.pid, 0)
        with os.fdopen(self.lines, "rb") as stream:
            said = [json.loads(line) for line in stream if line.endswith(b"\n")]
        return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, said


@tagged("post_install", "-at_install")
class TestMoneyKills(MoneyRaces):
    def setUp(self):
        super().setUp()
        with self.connection() as env:
            self.begin_vouchers(env)
        start = time.monotonic()
        with self.connection() as env:
            self.close(env)
        # A life is as long as this machine needs to do something in it.
        self.longest = ACTS * (time.monotonic() - start)
        self.done = []
        self.killed = self.interrupted = 0

    def begin_vouchers(self, env):
        """Issue the vouchers that all workers use, and begin to use each.

        New ones each time: so many uses as all workers make do not fit in one.
        """
        self.codes = dict(self.issue(env, value=100_000) for _one in range(SHARED))
        for code in self.codes.values():
            self.redeem(env, code)

    # -- what a worker does -------------------------------------------------------

    def act(self, env):  # pylint: disable=method-required-super
        """Do one act at random; return its name and what it made."""
        name = random.choice(
            [
                "redeem",
                "undo",
                "issue",
                "void",
                "budget",
                "pay",
                "pay",
                "close",
                "close",
            ]
        )
        return [name, *getattr(self, f"act_{name}")(env)]

    def act_redeem(self, env):
        ref, code = random.choice(list(self.codes.items()))
        return ref, self.redeem(env, code, random.randint(1, 9))

    def act_undo(self, env):
        """Redeem and take back, in two transactions."""
        ref, code = random.choice(list(self.codes.items()))
        once = self.redeem(env, code, 3)
        env.cr.commit()
        return ref, self.undo(env, code, once)

    def act_issue(self, env):
        return (self.issue(env)[0],)

    def act_void(self, env):
        ref = self.issue(env)[0]
        env.cr.commit()
        return (self.void(env, ref),)

    def act_budget(self, env):
        about = f"M-{random.getrandbits(40):x}"
        self.move(env, b.RESERVE, 10, about)
        env.cr.commit()
        return (self.move(env, b.RELEASE, 10, about),)

    def act_pay(self, env):
        return (self.pay_by_voucher(env, f"P-{random.getrandbits(40):x}"),)

    def act_close(self, env):
        """What the two jobs do that write every row."""
        if random.random() < 0.5:
            return self.close(env)
        # One table in each transaction, as the job of the night does.
        mix = random.choice([vouchers.mix, budgets.mix])
        with vault(env) as inside:
            mix(inside, MAY)
        return ()

    # -- killing --------------------------------------------------------------------

    def kill_some(self, act=None):
        """Let workers act, kill each at a moment of its own; keep what they said."""
        workers = [Worker(self.registry, act or self.act) for _one in range(WORKERS)]
        ends = sorted(
            (random.uniform(0.05, self.longest), number) for number in range(WORKERS)
        )
        start = time.monotonic()
        for end, number in ends:
            time.sleep(max(0, start + end - time.monotonic()))
            was_killed, said = workers[number].kill()
            self.killed += was_killed
            words = [one[0] for one in said]
            self.interrupted += words.count("begin") > words.count("done")
            self.done += [one[1:] for one in said if one[0] == "done"]

    def lost(self, money):
        """Return what a worker had finished and is not there."""
        uses = {
            (ref, spend.once): spend
            for ref, one in money.vouchers.items()
            for spend in one.uses
        }
        settled = {one.ref for one in money.settlements}
        for name, *made in self.done:
            use = uses.get(tuple(made))
            voucher = money.vouchers.get(made[0]) if made else None
            kept = {
                "redeem": lambda use=use: use and not use.undone,
                # One that was undone at once may be forgotten.
                "undo": lambda use=use: not use or use.undone,
                "issue": lambda voucher=voucher: voucher,
                "pay": lambda voucher=voucher: voucher,
                "void": lambda voucher=voucher: voucher and voucher.voided,
                "budget": lambda: True,
                "close": lambda made=made: settled.issuperset(made),
            }
            if not kept[name]():
                yield name

    def test_two_hundred_kills(self):
        random.seed(20260620)
        while self.killed < KILLS:
            with self.connection() as env:
                # So that every closing has something to settle.
                self.begin_vouchers(env)
            self.kill_some()
            found, money, _ledger = self.problems()
            self.assertEqual(found, [])
            self.assertEqual(list(self.lost(money)), [])
        # The kills came in the middle of something, and much was done in between.
        self.assertGreater(self.interrupted, KILLS // 4)
        names = {one[0] for one in self.done}
        self.assertGreaterEqual(
            names, {"redeem", "issue", "void", "budget", "pay", "close"}
        )
        self.assertGreaterEqual(len(money.settlements), 3)
        # And it all goes on.
        with self.connection() as env:
            self.redeem(env, next(iter(self.codes.values())))
            self.close(env, CLOSING)
        self.assertEqual(self.problems()[0], [])

    def test_halves_would_be_seen(self):
        """An act in two transactions is found half done: the check can fail."""

        def in_halves(env):
            about = f"H-{random.getrandbits(40):x}"
            with vault(env) as inside:
                line = inside[budgets.LINE].browse(self.line_id)
                for kind in (b.RESERVE, b.COMMIT):
                    one = b.Move(kind, Decimal(100), MAY.replace(day=1), about)
                    budgets.change(
                        inside, line, lambda ledger, one=one: ledger.after(one)
                    )
            env.cr.commit()
            with vault(env) as inside:
                voucher = self.new_voucher(100, BUDGET, f"line|{about}")
                return ["pay", vouchers.issue(inside, voucher)[0]]

        random.seed(7)
        for _round in range(25):
            self.kill_some(in_halves)
            if "half an act" in self.problems()[0]:
                return
        self.fail("No half act was found")
