"""The page of the balance, the statements to download, and the command."""

import csv
import io
import re
import tempfile
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path

import pypdfium2

from odoo import api
from odoo.tests import HttpCase, freeze_time, tagged

from ..casework import reconciling, settling
from ..casework.errors import NotYours
from ..casework.reconciling import MoneyDoor
from ..cli.career_money import RIGHT, WRONG, CareerMoney
from ..vault.keyring import load_keyring
from ..vault.signing import public_key
from .common import NOW, CareerCase, CareerCompany
from .money_case import CLOSING, MAY, MoneyMixin


class Options:
    """What the command was given."""

    def __init__(self, **values):
        self.__dict__.update(values)


def command(act, *args):
    """Run an act of the command; return its code and what it printed."""
    said = io.StringIO()
    with redirect_stdout(said):
        code = getattr(CareerMoney(), act)(*args)
    return code, said.getvalue()


@tagged("post_install", "-at_install")
class TestReconcile(MoneyMixin, CareerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider = cls.make_provider()

    def settled(self):
        self.refs = self.make_uses(6, self.provider)
        return settling.close(self.env, CLOSING)

    def reconcile(self, year=None, month=None):
        return command("reconcile", self.env, Options(year=year, month=month))

    def sql(self, query, *values):
        """Change a row as somebody with the database does, past the trigger."""
        self.env.flush_all()
        self.cr.execute("ALTER TABLE hr_career_settlement DISABLE TRIGGER USER")
        self.cr.execute(query, values)
        self.cr.execute("ALTER TABLE hr_career_settlement ENABLE TRIGGER USER")
        self.env.invalidate_all()

    def test_all_fits(self):
        self.settled()
        self.make_voucher(unit="hours", value=8)
        code, said = self.reconcile("2026")
        self.assertEqual(code, RIGHT, said)
        self.assertIn("(EUR): opening 0, issued 3000, redeemed 726", said)
        self.assertIn("(hours): opening 0, issued 8, redeemed 0", said)
        self.assertIn("In balance.", said)
        self.assertIn("issued 0, redeemed 0", self.reconcile(month="2026-04")[1])

    def test_the_sums_are_what_people_see(self):
        """Nobody's reference and no code is printed."""
        self.settled()
        said = self.reconcile()[1]
        for ref in self.refs:
            self.assertNotIn(ref, said)

    def test_what_was_changed_in_the_database_is_found(self):
        settlement = self.settled()
        for column, value, words in (
            ("total", "total + 1", "sum of a settlement"),
            ("vat", "vat - 1", "sum of a settlement"),
            ("number", "7", "number of vouchers"),
            ("digest", "'0'", "not as it was signed"),
            ("statement", "replace(statement, '726', '926')", "not as it was signed"),
            ("statement", "'{}'", "no voucher"),
            ("month_to", "month_to + interval '1 month'", "not as it was signed"),
        ):
            with self.subTest(column), self.cr.savepoint(flush=False) as savepoint:
                self.sql(
                    f"UPDATE hr_career_settlement SET {column} = {value} WHERE id = %s",
                    settlement.id,
                )
                code, said = self.reconcile()
                self.assertEqual(code, WRONG)
                self.assertIn(words, said)
                savepoint.rollback()
                self.env.invalidate_all()
        self.assertEqual(self.reconcile()[0], RIGHT)

    def test_a_row_that_was_deleted_is_found(self):
        self.settled()
        for query, value, words in (
            (
                "DELETE FROM hr_career_voucher WHERE ref = %s",
                self.refs[0],
                "no voucher",
            ),
            ("DELETE FROM hr_career_settlement WHERE number = %s", 6, "does not exist"),
            (
                "UPDATE hr_career_voucher SET sealed = 'x' WHERE ref = %s",
                self.refs[0],
                "cannot be opened",
            ),
        ):
            with self.subTest(query), self.cr.savepoint(flush=False) as savepoint:
                self.sql(query, value)
                code, said = self.reconcile()
                self.assertEqual(code, WRONG)
                self.assertIn(words, said)
                savepoint.rollback()
                self.env.invalidate_all()
        self.assertEqual(self.reconcile()[0], RIGHT)

    def test_verify_without_a_database(self):
        text = self.settled()._statement().to_csv()
        _code, key = command("key", self.env, None)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "statement.csv"
            keys = Path(folder) / "key.txt"
            keys.write_text(key, encoding="utf-8")
            for content, known, code in (
                (text, key.strip(), RIGHT),
                (text, str(keys), RIGHT),
                (text.replace("726", "926"), key.strip(), WRONG),
                (text, "0" * 64, WRONG),
            ):
                file.write_text(content, encoding="utf-8", newline="")
                found, said = command("verify", Options(file=str(file), key=known))
                self.assertEqual(found, code, said)

    # -- who sees what -----------------------------------------------------------

    def door(self, login, now=NOW):
        return MoneyDoor(self.env_of(login), now=now)

    def test_nobody_else_comes_in(self):
        for login in self.users.keys() - {"finance", "desk"}:
            with self.subTest(login), self.assertRaises(NotYours):
                self.door(login)
        self.assertFalse(self.door("finance").is_live)
        self.assertTrue(self.door("desk").is_live)

    def test_the_desk_sees_now_and_finance_does_not(self):
        self.make_uses(6, self.provider)
        [line] = self.door("desk").view().lines
        self.assertEqual(line.sheet.redeemed, 726)
        self.assertEqual(self.door("finance").view().lines, ())

    def test_finance_learns_nothing_of_the_day(self):
        """Whatever happens in a year that runs, the page of finance stays the same."""
        self.make_uses(6, self.provider, date(2025, 5, 10))
        before = self.door("finance").view()
        self.assertEqual(len(before.lines), 1)
        ref = self.make_voucher()
        self.redeem(ref, self.provider)
        self.change(ref, lambda one: one.void(MAY))
        self.assertEqual(self.door("finance").view(), before)
        desk = self.door("desk").view()
        self.assertNotEqual(desk.digest, before.digest)
        # And the digest is the one the command gives for those years.
        self.assertIn(before.digest, self.reconcile("2025")[1])

    def test_a_fault_is_told_to_both(self):
        self.settled()
        self.assertTrue(self.door("finance").view().is_balanced)
        self.sql("UPDATE hr_career_settlement SET total = total + 1")
        for login in ("finance", "desk"):
            view = self.door(login).view()
            self.assertFalse(view.is_balanced)
            self.assertTrue(
                all(reconciling.fault_text(self.env, code) for code in view.faults)
            )

    def test_the_number_of_queries_does_not_grow(self):
        def queries():
            self.env.invalidate_all()
            door = self.door("finance")
            before = self.cr.sql_log_count
            door.view()
            return self.cr.sql_log_count - before

        self.settled()
        queries()
        few = queries()
        for _time in range(3):
            self.make_uses(6, self.provider, date(2026, 6, 1))
        settling.close(self.env, date(2026, 7, 20))
        self.assertLessEqual(queries(), few)


@tagged("post_install", "-at_install")
class TestMoneyPages(MoneyMixin, CareerCompany, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_company()
        cls.provider = cls.make_provider("=Coach & Co")
        cls.make_uses(6, cls.provider)
        with freeze_time("2026-06-20"):
            cls.settlement = settling.close(cls.env, CLOSING)

    def get(self, login, path):
        self.authenticate(login, login)
        return self.url_open(path)

    def path(self, kind):
        return f"/focus/money/{self.settlement.ref}/{kind}"

    def test_page(self):
        for login in ("finance", "desk"):
            answer = self.get(login, "/focus/money")
            self.assertEqual(answer.status_code, 200)
            self.assertIn("In balance", answer.text)
            self.assertIn("no-store", answer.headers["Cache-Control"])
            self.assertIn(public_key(load_keyring()), answer.text)
        self.assertIn("Do not pass these figures on", answer.text)

    def test_the_same_answer_for_what_is_not_there_and_not_theirs(self):
        for login in self.users.keys() - {"finance"}:
            with self.subTest(login):
                mine = self.get(login, self.path("csv"))
                other = self.url_open(
                    self.path("csv").replace(self.settlement.ref, "x")
                )
                self.assertEqual(mine.status_code, 404)
                self.assertEqual(other.status_code, 404)
                without = [re.sub(r"csrf_token: .*", "", a.text) for a in (mine, other)]
                self.assertEqual(*without)
        self.assertEqual(self.get("finance", self.path("xls")).status_code, 404)
        self.assertEqual(self.get("finance", self.path("csv")).status_code, 200)

    def test_csv(self):
        answer = self.get("finance", self.path("csv"))
        rows = list(csv.reader(io.StringIO(answer.text)))
        self.assertEqual(rows[0], ["name", "value", "signature"])
        self.assertEqual(len(rows), 13 + 6)
        self.assertIn(["provider", "Coach & Co", ""], rows)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertIn("no-store", answer.headers["Cache-Control"])

    def test_pdf(self):
        answer = self.get("finance", self.path("pdf"))
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        document = pypdfium2.PdfDocument(answer.content)
        self.assertEqual(len(document), 1)
        text = document[0].get_textpage().get_text_bounded()
        for said in ("726.00", "126.00", "May 2026", self.settlement.ref, "Coach & Co"):
            self.assertIn(said, text)
        for serial, _signature in self.settlement._statement().lines:
            self.assertIn(serial, text)

    def test_backend(self):
        """The list and the form open for finance in the web client."""
        self.authenticate("finance", "finance")
        env = api.Environment(self.cr, self.users["finance"].id, {})
        model = env["hr.career.settlement"]
        for kind in ("list", "form", "search"):
            self.assertTrue(model.get_view(view_type=kind)["arch"])
        spec = {"display_name": {}, "number_text": {}, "state": {}}
        [read] = model.web_search_read([], spec)["records"]
        self.assertEqual(read["number_text"], "6")
        self.assertEqual(read["display_name"], "=Coach & Co, May 2026")
