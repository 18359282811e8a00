"""One right, many at once: each kind of right in the ledger, doors and HTTP."""

import re
import threading
from datetime import date
from decimal import Decimal
from unittest.mock import patch

import requests
from parallel import ParallelCase

from odoo.service import server as service
from odoo.tests import tagged
from odoo.tests.common import HOST

from odoo.addons.hr_career_focus.casework import CoachDoor, DeskDoor, EmployeeDoor
from odoo.addons.hr_career_focus.casework import constants as c
from odoo.addons.hr_career_focus.casework.errors import CaseworkError
from odoo.addons.hr_career_focus.casework.upkeep import end_with_employment
from odoo.addons.hr_career_focus.casework.use_rows import Sealed
from odoo.addons.hr_career_focus.tests.common import NOW
from odoo.addons.hr_career_focus.vault.keyring import load_keyring

ROOMS = "odoo.addons.hr_career_focus.casework"
MANY = 10
#: Every kind of right that leaves something else in the ledger: what of it one request
#: takes, and the terms of the right.
KINDS = {
    "money, rolling": (1000, {"interval_months": 60}),
    "hours, block of the calendar": (
        40,
        {
            "unit": "hours",
            "quantity": 40,
            "interval_kind": "calendar_block",
            "interval_months": 12,
            "block_origin": date(2026, 6, 10),
        },
    ),
    "days, years of employment": (
        5,
        {
            "unit": "days",
            "quantity": 5,
            "interval_kind": "employment_years",
            "interval_months": 60,
        },
    ),
    "sessions, once": (
        6,
        {"unit": "sessions", "quantity": 6, "interval_kind": "once"},
    ),
    "one traject, from its end": (
        1,
        {
            "unit": "trajects",
            "quantity": 1,
            "interval_kind": "rolling_completion",
            "interval_months": 36,
        },
    ),
    "a scan of two": (1, {"unit": "scans", "quantity": 2, "interval_months": 24}),
    "money that is saved": (
        2700,
        {
            "quantity": 900,
            "interval_kind": "accrual",
            "interval_months": 12,
            "block_origin": date(2024, 1, 1),
            "accrual_timing": "at_start",
            "saving_months": 36,
        },
    ),
}


@tagged("post_install", "-at_install")
class TestRacesForRights(ParallelCase):
    def asking(self, rule, **values):
        return lambda env: EmployeeDoor(env, now=NOW).request(
            c.OWN_RIGHT, rule_id=rule, **values
        )

    def used(self):
        """Return the sum of what is in the ledger and not returned."""
        rows = self.numbers(
            "SELECT ref || '/' || sealed FROM hr_career_right_use"
            " WHERE state <> 'returned'"
        )
        return sum(
            (Sealed.open(load_keyring(), *row.split("/", 1)).quantity for row in rows),
            Decimal(0),
        )

    def assert_whole(self, trajects=1):
        """Nothing half-written: each row in the vault belongs to a case that counts."""
        self.assertEqual(
            self.numbers("SELECT count(*) FROM hr_career_traject"), [trajects]
        )
        self.assertEqual(
            self.numbers(
                "SELECT count(*) FROM hr_career_traject t WHERE length(t.owner_index)"
                " <> 64 OR NOT EXISTS (SELECT FROM hr_career_entry e"
                " WHERE e.traject_id = t.id AND e.kind = 'wishes')"
            ),
            [0],
        )
        self.assertEqual(
            self.numbers(
                "SELECT count(*) FROM hr_career_right_use"
                " WHERE traject_id IS NULL OR place IS NULL"
            ),
            [0],
        )

    def test_ten_at_once_of_each_kind(self):
        for name, (takes, values) in KINDS.items():
            with self.subTest(name):
                self.empty()
                rule = self.set_right(**values)
                results = self.race(*[("victim", self.asking(rule))] * MANY)
                ref = self.one_winner(results)
                self.assertEqual(self.look(ref)[:2], (c.REQUESTED, [c.RESERVED]))
                self.assertEqual(self.used(), takes)
                self.assert_whole()

    def test_the_ledger_alone_decides_too(self):
        """Without the rule of one running case, the place in the ledger still does."""
        for name, (takes, values) in KINDS.items():
            with self.subTest(name), patch(f"{ROOMS}.opening.claim", return_value=True):
                self.empty()
                rule = self.set_right(**values)
                results = self.race(*[("victim", self.asking(rule))] * 4)
                won = [one for one in results if isinstance(one, str)]
                self.assertEqual(len(won), 1, results)
                self.assertEqual(self.used(), takes)

    def test_parts_at_once_stay_below_the_right(self):
        """Ten times six hundred of a thousand: one gets it, and may ask no second."""
        rule = self.set_right(interval_months=60)
        self.one_winner(
            self.race(*[("victim", self.asking(rule, quantity="600"))] * MANY)
        )
        self.assertEqual(self.used(), 600)

    def test_the_others_read_why(self):
        rule = self.set_right(interval_months=60)
        results = self.race(*[("victim", self.asking(rule))] * 4)
        reasons = {str(one) for one in results if isinstance(one, CaseworkError)}
        self.assertEqual(len(reasons), 1)
        self.assertIn("already have a traject under way", reasons.pop())

    def test_another_right_of_the_same_person(self):
        """The offer and the right at once: one case runs at a time."""
        rule = self.set_right(interval_months=60)

        def offer(env):
            return EmployeeDoor(env, now=NOW).request(c.CAREER_FOCUS)

        for _round in range(3):
            self.empty()
            self.one_winner(
                self.race(*[("victim", self.asking(rule)), ("victim", offer)] * 3)
            )
            self.assertIn(self.used(), (0, 1000))
            self.assert_whole()

    # -- the desk and the employee -----------------------------------------------------

    def undecided(self):
        rule = self.set_right(interval_months=60)
        with self.connection() as env:
            env.cr.execute(
                "UPDATE hr_career_agreement_version SET is_verified = false,"
                " verified_on = NULL WHERE id = (SELECT version_id FROM"
                " hr_career_entitlement_rule WHERE id = %s)",
                [rule],
            )
        return self.act("victim", self.asking(rule))

    def test_decision_while_the_employee_stops(self):
        """Whoever is first: stopped in the end, and nothing stays reserved."""
        for _round in range(4):
            self.empty()
            ref = self.undecided()
            self.race(
                (
                    "desk",
                    lambda env, ref=ref: (
                        DeskDoor(env, now=NOW).case(ref).decide_open("Yes")
                    ),
                ),
                (
                    "victim",
                    lambda env, ref=ref: (
                        EmployeeDoor(env, now=NOW).case(ref).withdraw()
                    ),
                ),
            )
            self.assertEqual(self.look(ref)[0], c.WITHDRAWN)
            self.assertEqual(self.used(), 0)

    def test_decision_while_the_employee_asks_again(self):
        ref = self.undecided()
        (rule,) = self.numbers("SELECT max(id) FROM hr_career_entitlement_rule")
        results = self.race(
            (
                "desk",
                lambda env: DeskDoor(env, now=NOW).case(ref).decide_open("Yes", "400"),
            ),
            ("victim", self.asking(rule)),
            ("victim", self.asking(rule)),
        )
        self.assertEqual([type(one) for one in results[1:]], [CaseworkError] * 2)
        self.assertEqual(self.used(), 400)
        self.assert_whole()

    def ended(self, rule):
        """A case whose work is over and whose use is still to be recorded."""
        ref = self.act("victim", self.asking(rule))
        coach = self.keep["coaches"]["coach"]
        self.act("desk", lambda env: DeskDoor(env, now=NOW).case(ref).assign(coach))

        def work(env):
            case = CoachDoor(env, now=NOW).case(ref)
            case.accept()
            version = case.propose_agreement({"goal": "A goal"})
            case.sign(version)
            return version

        version = self.act("coach", work)
        self.act(
            "victim", lambda env: EmployeeDoor(env, now=NOW).case(ref).sign(version)
        )

        def meet(env):
            case = CoachDoor(env, now=NOW).case(ref)
            case.mark_session(case.propose_session({"on": "2026-06-15T08:00"}), "held")

        self.act("coach", meet)
        self.act("victim", lambda env: EmployeeDoor(env, now=NOW).case(ref).close([]))
        return ref

    def test_settled_twice_counts_once(self):
        rule = self.set_right(interval_months=60)
        ref = self.ended(rule)
        results = self.race(
            *[
                (
                    "desk",
                    lambda env, used=used: (
                        DeskDoor(env, now=NOW).case(ref).settle(used)
                    ),
                )
                for used in ("100", "200", "300", "400")
            ]
        )
        self.assertEqual(len([one for one in results if one is None]), 1, results)
        self.assertIn(self.used(), (100, 200, 300, 400))

    def test_settling_while_the_employee_asks(self):
        """The request sees the rest or does not; never more than the right."""
        rule = self.set_right(interval_months=60)
        for _round in range(3):
            self.empty()
            ref = self.ended(rule)
            self.race(
                (
                    "desk",
                    lambda env, ref=ref: DeskDoor(env, now=NOW).case(ref).settle("300"),
                ),
                ("victim", self.asking(rule)),
            )
            self.assertIn(self.used(), (300, 1000))

    def test_the_night_job_and_the_first_session(self):
        """Ended or begun, and never both."""
        rule = self.set_right(interval_months=60)
        ref = self.act("victim", self.asking(rule))
        coach = self.keep["coaches"]["coach"]
        with self.connection() as env:
            env.cr.execute(
                "UPDATE hr_version SET contract_date_end = '2026-06-20' WHERE"
                " employee_id = (SELECT id FROM hr_employee WHERE user_id = %s)",
                [self.keep["users"]["victim"]],
            )
        self.addCleanup(
            self.numbers,
            "UPDATE hr_version SET contract_date_end = NULL RETURNING id",
        )
        results = self.race(
            ("desk", lambda env: DeskDoor(env, now=NOW).case(ref).assign(coach)),
            (None, lambda env: end_with_employment(env, date(2026, 7, 1))),
        )
        state, uses, _coach = self.look(ref)
        self.assertEqual((state, uses), (c.DECLINED, [c.RETURNED]), results)

    def test_who_waited_is_run_again(self):
        """A conflict is no error: the act is run again and then told the truth."""
        rule = self.set_right(interval_months=60)
        ref = self.act("victim", self.asking(rule))
        runs = []

        def stop(env):
            runs.append(1)
            EmployeeDoor(env, now=NOW).case(ref).withdraw()
            return "stopped"

        results = self.race(*[("victim", stop)] * 6)
        self.assertEqual(self.one_winner(results), "stopped")
        self.assertGreater(len(runs), 6)
        self.assertEqual(self.used(), 0)

    def test_one_reminder(self):
        results = self.race(
            *[
                (
                    "victim",
                    lambda env: EmployeeDoor(env, now=NOW).remind("a@b.test", 3),
                )
            ]
            * MANY
        )
        self.assertEqual(self.numbers("SELECT count(*) FROM hr_career_reminder"), [1])
        self.assertIn(None, results)

    # -- over HTTP ---------------------------------------------------------------------

    def test_two_devices(self):
        """Two sessions of one login send at the same moment: one page says why."""
        self.set_right(interval_months=60)
        devices = [self.device("victim") for _nr in range(3)]
        barrier = threading.Barrier(len(devices))
        answers = []

        def send(session, form):
            barrier.wait(30)
            answers.append(
                session.post(
                    self.address("/my/focus/start"),
                    data=form,
                    allow_redirects=False,
                    timeout=60,
                )
            )

        threads = [threading.Thread(target=send, args=one) for one in devices]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(90)
        codes = sorted(one.status_code for one in answers)
        self.assertEqual(codes, [303, 422, 422])
        for answer in answers:
            if answer.status_code == 422:
                self.assertIn("You already have a traject under way", answer.text)
                self.assertIn("Nothing was changed", answer.text)
                self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertEqual(self.used(), 1000)
        self.assert_whole()

    def address(self, path):
        return f"http://{HOST}:{service.server.httpd.server_port}{path}"

    def device(self, login):
        """Log in anew and open the start page; return the session and its form."""
        session = requests.Session()
        page = session.get(self.address("/web/login"), timeout=30).text
        done = session.post(
            self.address("/web/login"),
            data={
                "login": login,
                "password": login.ljust(8, "x"),
                "csrf_token": re.search(r'csrf_token" value="([^"]+)"', page).group(1),
            },
            timeout=30,
        )
        self.assertEqual(done.status_code, 200)
        page = session.get(self.address("/my/focus/start"), timeout=30).text
        form = dict(re.findall(r'name="(csrf_token|once|do)" value="([^"]*)"', page))
        (what,) = re.findall(r'value="(right-\d+)"', page)
        return session, {**form, "do": "request", "what": what, "channel": "none"}
