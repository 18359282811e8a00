"""The rows of vouchers: all alike, whatever they hold, and mixed each night."""

from datetime import date
from decimal import Decimal
from unittest.mock import patch

from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from ..casework import uses, vouchers
from ..casework.opening import vault
from ..engine import voucher_code
from ..engine.spend import Spend
from ..engine.voucher import RIGHT, Voucher
from ..models import housekeeping
from ..vault import purged
from ..vault.errors import Unsealable
from .common import NOW, TODAY, CareerCase

TABLE = "hr_career_voucher"
JOBS = "odoo.addons.hr_career_focus.models.housekeeping"


def fresh(value=500, company=1, today=TODAY):
    return Voucher.issue(
        unit="amount",
        value=Decimal(value),
        currency="EUR",
        company=company,
        pot=RIGHT,
        today=today,
        months=12,
    )


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestRows(CareerCase):
    def setUp(self):
        super().setUp()
        with vault(self.env) as inside:
            inside[vouchers.VOUCHER].search([]).unlink()
            vouchers.mix(inside, TODAY)

    def rows(self, columns="ref, code_index, envelope, sealed"):
        """Return ``{id: columns}`` in the order they lie on the disk."""
        self.env.flush_all()
        self.cr.execute(
            SQL(
                "SELECT id, %s FROM %s ORDER BY ctid",
                SQL(columns),
                SQL.identifier(TABLE),
            )
        )
        return {row[0]: row[1:] for row in self.cr.fetchall()}

    def test_issuing_changes_one_row_and_nothing_in_plain(self):
        before = self.rows()
        with vault(self.env) as inside:
            ref, _code = vouchers.issue(inside, fresh())
        after = self.rows()
        self.assertEqual(set(before), set(after))
        changed = [number for number in before if before[number] != after[number]]
        self.assertEqual(len(changed), 1)
        (number,) = changed
        self.assertEqual(before[number][:2], after[number][:2])
        self.assertEqual(after[number][0], ref)
        self.assertEqual({len(row[3]) for row in after.values()}, {10964})

    def test_a_pool_that_is_empty_makes_one(self):
        with vault(self.env) as inside:
            found = [vouchers.issue(inside, fresh()) for _nr in range(66)]
            self.assertEqual(len(vouchers.all_of(inside)), 66)
        self.assertEqual(len({ref for ref, _code in found}), 66)
        self.assertEqual(len({code for _ref, code in found}), 66)
        self.assertEqual(len(self.rows()), 66)

    def test_the_pool_grows_by_steps(self):
        """So that the number of rows says nothing of one day."""
        sizes = set()
        for _night in range(4):
            with vault(self.env) as inside:
                for _nr in range(13):
                    vouchers.issue(inside, fresh())
                vouchers.mix(inside, TODAY)
            sizes.add(len(self.rows()))
        self.assertEqual(sizes, {128})

    def test_mixed_tells_nothing(self):
        """Every ciphertext is another, in another place; what it holds is the same."""
        with vault(self.env) as inside:
            kept = [vouchers.issue(inside, fresh(nr + 1)) for nr in range(20)]
            before = self.rows()
            held = {ref: vouchers.by_ref(inside, ref)[1] for ref, _code in kept}
            vouchers.mix(inside, TODAY)
            after = self.rows()
            for ref, code in kept:
                row, voucher = vouchers.by_code(inside, code)
                self.assertEqual((row.ref, voucher), (ref, held[ref]))
        common = [number for number in before if number in after]
        self.assertEqual(len(common), len(before))
        for number in common:
            self.assertEqual(before[number][:2], after[number][:2])
            self.assertNotEqual(before[number][2], after[number][2])
            self.assertNotEqual(before[number][3], after[number][3])
        self.assertNotEqual(common, [number for number in after if number in before])
        self.cr.execute(f"SELECT count(DISTINCT xmin::text) FROM {TABLE}")
        self.assertEqual(self.cr.fetchone(), (1,))

    def test_places_do_not_tell_what_changed(self):
        """Where a row lies after the night does not depend on whether it changed."""
        ranks = []
        with vault(self.env) as inside:
            ref, _code = vouchers.issue(inside, fresh())
            number = vouchers.by_ref(inside, ref)[0].id
            for nr in range(40):
                row, voucher = vouchers.by_ref(inside, ref, lock=True)
                spend = Spend.now(str(nr), 1, Decimal(1), TODAY)
                vouchers.save(row, voucher.redeem(spend, TODAY))
                vouchers.mix(inside, TODAY)
                order = list(self.rows())
                ranks.append(order.index(number) / len(order))
        # The mean of forty even draws: five standard deviations around a half.
        self.assertAlmostEqual(sum(ranks) / 40, 0.5, delta=5 * 0.2887 / 40**0.5)

    def test_damaged_rows_keep_nobody_waiting(self):
        with vault(self.env) as inside:
            ref, code = vouchers.issue(inside, fresh())
            row, _voucher = vouchers.by_ref(inside, ref)
            row.sealed = "x"
            vouchers.mix(inside, TODAY)
            vouchers.issue(inside, fresh())
            # A sum leaves nothing out in silence.
            for act in (
                lambda: vouchers.all_of(inside),
                lambda: vouchers.by_code(inside, code),
            ):
                with self.assertRaises(Unsealable):
                    act()

    def test_moved_does_not_open(self):
        """What one row holds, put in another, is refused."""
        with vault(self.env) as inside:
            one, _code = vouchers.issue(inside, fresh(1))
            other, _code = vouchers.issue(inside, fresh(2))
            rows = {ref: vouchers.by_ref(inside, ref)[0] for ref in (one, other)}
            rows[one].write(
                {"sealed": rows[other].sealed, "envelope": rows[other].envelope}
            )
            inside.flush_all()
            with self.assertRaises(Unsealable):
                vouchers.by_ref(inside, one)
            self.assertEqual(vouchers.by_ref(inside, other)[1].value, 2)

    def test_codes_that_are_not_there_cost_the_same(self):
        """The same queries for a voucher, a place that waits, and no code at all."""
        with vault(self.env) as inside:
            _ref, code = vouchers.issue(inside, fresh())
            (blank,) = inside[vouchers.VOUCHER].search([], limit=1, order="id")
            counts = set()
            for text in (code, voucher_code.draw(), "no code"):
                for lock in (False, True):
                    before = self.env.cr.sql_log_count
                    found = vouchers.by_code(inside, text, lock)
                    counts.add(self.env.cr.sql_log_count - before)
                    self.assertEqual(bool(found), text == code)
            self.assertTrue(blank.code_index)
        self.assertEqual(counts, {1})

    def test_a_code_of_the_pool_is_no_voucher(self):
        with vault(self.env) as inside:
            row = inside[vouchers.VOUCHER].search([], limit=1)
            code = vouchers._waiting(vouchers.load_keyring(), row)
            self.assertEqual(voucher_code.read(code), code)
            self.assertIsNone(vouchers.by_code(inside, code))

    def test_of_one_company(self):
        with vault(self.env) as inside:
            for company in (1, 1, 2):
                vouchers.issue(inside, fresh(company=company))
            self.assertEqual(len(vouchers.all_of(inside, 1)), 2)
            self.assertEqual(len(vouchers.all_of(inside)), 3)
            before = self.env.cr.sql_log_count
            vouchers.all_of(inside)
            self.assertEqual(self.env.cr.sql_log_count - before, 1)

    def test_forgotten_when_papers_may_go(self):
        """Eight years after the last day, and not a month before."""
        with vault(self.env) as inside:
            ref, _code = vouchers.issue(inside, fresh())
            vouchers.mix(inside, date(2035, 6, 30))
            self.assertTrue(vouchers.by_ref(inside, ref))
            vouchers.mix(inside, date(2035, 7, 1))
            self.assertFalse(vouchers.by_ref(inside, ref))

    def test_the_ledger_of_rights_is_mixed_too(self):
        ref = self.make_request()
        self.employee_door().case(ref).make_voucher("250")
        with vault(self.env) as inside:
            (before,) = inside[uses.LEDGER].search_read([("traject_id.ref", "=", ref)])
            (use,) = uses.uses_of(self.env, self.people["victim"].ids)[
                self.people["victim"].id
            ]
            uses.mix(inside, TODAY)
            (after,) = inside[uses.LEDGER].search_read([("traject_id.ref", "=", ref)])
            self.assertEqual(
                uses.uses_of(self.env, self.people["victim"].ids),
                {self.people["victim"].id: [use]},
            )
        self.assertEqual(len(after.pop("sealed")), len(before["sealed"]))
        self.assertNotEqual(before.pop("sealed"), after)
        self.assertEqual(before, after)

    def test_the_night_job_does_it(self):
        self.assertFalse(self.unchanged_by_night())

    def test_the_night_job_does_it_when_nothing_can_be_deleted(self):
        with (
            patch.object(purged, "is_there", return_value=False),
            self.assertLogs(JOBS, "ERROR") as logged,
        ):
            self.assertFalse(self.unchanged_by_night())
        self.assertIn("purge list is missing", logged.output[0])

    def test_the_night_job_does_it_after_a_purge_that_fails(self):
        """And the purge of the other companies is done."""
        other = self.env["res.company"].create({"name": "Another firm"})
        done = []

        def purge(inside, company, _today):
            if company != other:
                inside.cr.execute("SELECT 1 / 0", log_exceptions=False)
            done.append(company)

        with (
            patch.object(housekeeping, "purge", purge),
            self.assertLogs(JOBS, "ERROR") as logged,
        ):
            self.assertFalse(self.unchanged_by_night())
        self.assertIn("could not be deleted", logged.output[0])
        self.assertEqual(done, [other])

    def unchanged_by_night(self):
        """Return which rows the job of the night left as they were."""
        before = self.rows()
        jobs = self.env["hr.career.housekeeping"]
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
            jobs._cron_purge()
        after = self.rows()
        self.assertEqual(set(before), set(after))
        return [one for one in before if before[one] == after[one]]
