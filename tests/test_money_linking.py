"""A year of vouchers: no program links an employee to a voucher or to a payment.

Five hundred employees with wages of their own ask for a traject on a day of the year,
make a voucher of a share of their wage, and redeem it in parts with one of eight
providers, who are paid per closed period. The attacker of :mod:`linking` then has all
tables in plain but what is under the key, the places and transactions of their rows,
everything finance can open, and even knows which case is whose.
"""

import csv
import io
import logging
import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import linking

from odoo.tests import TransactionCase, freeze_time, tagged
from odoo.tools import SQL

from odoo.addons.hr_career_focus.casework import case_vouchers, settling, uses
from odoo.addons.hr_career_focus.casework import constants as c
from odoo.addons.hr_career_focus.casework.opening import Dossier, vault
from odoo.addons.hr_career_focus.casework.redeeming import RedeemDoor
from odoo.addons.hr_career_focus.casework.vouchers import by_refs
from odoo.addons.hr_career_focus.engine.codes import AMOUNT
from odoo.addons.hr_career_focus.engine.voucher import RIGHT, Voucher
from odoo.addons.hr_career_focus.models.housekeeping import NIGHTLY

YEAR = 2025
PEOPLE = 500
PROVIDERS = 8
VOUCHER = "hr_career_voucher"


@tagged("post_install", "-at_install")
class TestMoneyLinking(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.draw = random.Random(20251)
        cls.company = cls.env["res.company"].create({"name": "Omroep De Waal"})
        cls.currency = cls.env.ref("base.EUR")
        cls.providers = cls.env["hr.career.provider"].create(
            [
                {
                    "name": f"Provider {number}",
                    "currency_id": cls.currency.id,
                    "vat_rate": 21,
                }
                for number in range(PROVIDERS)
            ]
        )
        cls.people = (
            cls.env["hr.employee"]
            .with_context(tracking_disable=True)
            .create(
                [
                    {
                        "name": f"Person {number}",
                        "company_id": cls.company.id,
                        "date_version": date(2015, 1, 1),
                        "contract_date_start": date(2015, 1, 1),
                        "wage": cls.draw.randrange(200000, 900000) / 100,
                    }
                    for number in range(PEOPLE)
                ]
            )
        )
        cls.heard = Heard()
        logging.getLogger().addHandler(cls.heard)
        cls.addClassCleanup(logging.getLogger().removeHandler, cls.heard)
        cls.secrets = cls.live_a_year()
        # The night before somebody copies the tables.
        cls.night(date(YEAR + 1, 3, 21))
        cls.mixed = cls.seen(cls.secrets)

    # -- the year ------------------------------------------------------------------

    @classmethod
    def live_a_year(cls):
        """Let everybody ask and redeem; return a secret for each, as they asked."""
        first = datetime(YEAR, 1, 2, 9)
        acts = []
        days = sorted(cls.draw.sample(range(330 * 24 * 60), PEOPLE))
        for person, minute in zip(
            cls.draw.sample(list(cls.people), PEOPLE), days, strict=True
        ):
            secret = SimpleNamespace(
                person=person,
                asked=first + timedelta(minutes=minute),
                value=Decimal(str(round(person.wage * 12 * 0.015, 2))),
                provider=cls.draw.choice(cls.providers),
                redeemed=[],
            )
            acts.append((secret.asked, "ask", secret))
            for part in range(cls.draw.choice((1, 2, 2, 3))):
                later = secret.asked + timedelta(
                    days=cls.draw.randint(3, 25) + 20 * part, minutes=part
                )
                acts.append((later, "redeem", secret))
        acts += [
            (datetime(year, month, 20, 3), "close", None)
            for year, month in [
                *((YEAR, month) for month in range(1, 13)),
                *((YEAR + 1, month) for month in range(1, 4)),
            ]
        ]
        secrets = []
        for at, act, secret in sorted(acts, key=lambda one: one[0]):
            with freeze_time(at):
                if act == "ask":
                    cls.ask(secret, at)
                    secrets.append(secret)
                elif act == "redeem":
                    cls.redeem(secret, at)
                else:
                    settling.close(cls.env(su=True), at.date())
        return secrets

    @classmethod
    def ask(cls, secret, at, login=10**6):
        month = at.date().replace(day=1)
        with vault(cls.env) as inside:
            dossier = Dossier.create(
                inside,
                {
                    "company_id": cls.company.id,
                    "kind": c.OWN_RIGHT,
                    "state": c.ACTIVE,
                    "month_requested": month,
                    "month_started": month,
                },
                {
                    "user": login + secret.person.id,
                    "employee": secret.person.id,
                    "name": secret.person.name,
                },
            )
            uses.reserve(
                dossier.traject,
                secret.person.id,
                SimpleNamespace(
                    key="omroep/traject",
                    quantity=secret.value,
                    granted=secret.value,
                    month=month,
                    consults=False,
                ),
            )
            secret.traject = dossier.traject.id
            secret.voucher = case_vouchers.add(
                dossier,
                Voucher.issue(
                    unit=AMOUNT,
                    value=secret.value,
                    currency="EUR",
                    company=cls.company.id,
                    pot=RIGHT,
                    splits=True,
                    today=at.date(),
                    months=12,
                ),
                "employee",
                at,
            )
            [entry] = [
                one for one in dossier.entries((c.SELF,)) if one.row.kind == c.VOUCHER
            ]
            secret.code = entry.fields["code"]

    @classmethod
    def redeem(cls, secret, at):
        door = RedeemDoor(cls.env(su=True), secret.provider, "192.0.2.7", at)
        left = door.look(secret.code).left
        part = (left * cls.draw.randint(30, 60) / 100).quantize(Decimal("0.01"))
        door.redeem(
            secret.code, {"amount": str(part)}, f"{cls.draw.getrandbits(96):024x}"
        )
        secret.redeemed.append((at, part))

    @classmethod
    def night(cls, today):
        with vault(cls.env) as inside:
            for mix in NIGHTLY:
                mix(inside, today)

    # -- what the attacker has -------------------------------------------------------

    @classmethod
    def seen(cls, secrets):
        """Return what the tables show of each secret, and of the voucher it made."""
        cls.env.flush_all()
        cr = cls.env.cr
        people = linking.copy_of(cr, "hr_employee")
        versions = linking.copy_of(cr, "hr_version", "employee_id")
        trajects = linking.copy_of(cr, "hr_career_traject")
        uses_of = linking.copy_of(cr, "hr_career_right_use", "traject_id")
        vouchers = linking.copy_of(cr, VOUCHER, "ref")
        ours, theirs = [], []
        for number, secret in enumerate(secrets):
            known = {
                "moment of asking": secret.asked,
                "order of asking": number,
                "moment of the first redeeming": min(
                    (at for at, _part in secret.redeemed), default=None
                ),
                "value of the right": secret.value,
            }
            for name, row in (
                ("employee", people[secret.person.id]),
                ("version", versions[secret.person.id]),
                ("traject", trajects[secret.traject]),
                ("right", uses_of[secret.traject]),
            ):
                known |= {f"{name}.{column}": row[column] for column in row}
            ours.append(known)
            theirs.append(vouchers[secret.voucher])
        return ours, theirs

    def assertUnlinked(self, found):
        self.assertFalse(found, "\n".join(map(str, found[:20])))

    # -- employee and voucher ----------------------------------------------------------

    def test_nothing_links_a_voucher(self):
        """All columns, places and transactions of the one against the other."""
        self.assertUnlinked(linking.links(*self.mixed))

    def test_the_row_order_of_the_day_does(self):
        """The attack can find something: until the night, rows lie as they came.

        In the tables themselves, of that day; a copy is made at night.
        """
        first = datetime(YEAR + 1, 3, 22, 9)
        today = []
        for number, person in enumerate(self.draw.sample(list(self.people), 60)):
            secret = SimpleNamespace(
                person=person,
                asked=first + timedelta(minutes=number),
                value=Decimal(500 + number),
                redeemed=[],
            )
            with freeze_time(secret.asked):
                self.ask(secret, secret.asked, login=10**8)
            today.append(secret)
        found = {one.theirs for one in linking.links(*self.seen(today))}
        self.assertIn("transaction", found)
        self.assertIn("order of the copy", found)
        self.night(date(YEAR + 1, 3, 23))
        self.assertUnlinked(linking.links(*self.seen(today)))

    def put_back(self, column, values):
        """Return what the attacker finds with one column of the vouchers put back."""
        ours, theirs = self.mixed
        changed = [
            {**row, column: value} for row, value in zip(theirs, values, strict=True)
        ]
        return linking.links(ours, changed)

    def test_a_timestamp_put_back_does(self):
        """A day would be enough, and a column that says when a row was written."""
        for moments in (
            [one.asked for one in self.secrets],
            [one.asked.date() for one in self.secrets],
            [one.redeemed[-1][0] for one in self.secrets],
        ):
            found = self.put_back("create_date", moments)
            self.assertEqual({one.theirs for one in found}, {"create_date"})
        exact = self.put_back("create_date", [one.asked for one in self.secrets])
        self.assertGreater(max(one.hits for one in exact), PEOPLE * 0.9)

    def test_an_ordered_id_put_back_does(self):
        """Counted ids: the k-th row belongs to whoever was k-th to ask."""
        found = self.put_back("counted id", [7 + 3 * at for at in range(PEOPLE)])
        self.assertEqual(max(one.hits for one in found), PEOPLE)

    def test_an_amount_put_back_does(self):
        """A share of a wage names the person: that is why amounts are sealed."""
        found = self.put_back("value", [one.value for one in self.secrets])
        self.assertGreater(max(one.hits for one in found), PEOPLE * 0.9)

    def test_ids_counted_by_the_database_do(self):
        """The same with the table's own ids, were they not drawn at random."""
        self.env.cr.execute("CREATE TEMP SEQUENCE counted")
        with vault(self.env) as inside:
            places = list(by_refs(inside, [s.voucher for s in self.secrets]))
        self.assertEqual(len(places), PEOPLE)
        for secret in self.secrets:
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET id = nextval('counted') WHERE ref = %s",
                    SQL.identifier(VOUCHER),
                    secret.voucher,
                )
            )
        ours, theirs = self.seen(self.secrets)
        found = [one for one in linking.links(ours, theirs) if one.theirs == "id"]
        self.assertEqual(max(one.hits for one in found), PEOPLE)

    def test_two_nights_look_alike(self):
        """Copies of two nights, with acts in between, differ in every row."""
        before = linking.copy_of(self.env.cr, VOUCHER, "ref")
        secret = self.secrets[-1]
        later = datetime(YEAR + 1, 3, 22, 11)
        with freeze_time(later):
            self.redeem(secret, later)
        self.night(later.date())
        after = linking.copy_of(self.env.cr, VOUCHER, "ref")
        self.assertEqual(set(before), set(after))
        for ref in before:
            self.assertNotEqual(before[ref]["sealed"], after[ref]["sealed"])
            self.assertEqual(before[ref]["code_index"], after[ref]["code_index"])
            self.assertEqual(len(before[ref]["sealed"]), len(after[ref]["sealed"]))

    # -- employee and payment ----------------------------------------------------------

    def payments(self):
        """Return settlements as finance opens them: the row and the statement."""
        rows = linking.copy_of(self.env.cr, "hr_career_settlement", "ref")
        for record in self.env["hr.career.settlement"].search([]):
            lines = list(csv.reader(io.StringIO(record._statement().to_csv())))
            rows[record.ref]["lines of the statement"] = len(lines)
        return rows

    def paid(self):
        """Return the settlements in which each secret was paid."""
        with vault(self.env) as inside:
            found = by_refs(inside, [one.voucher for one in self.secrets])
            return [
                [use.settlement for use in found[one.voucher][1].live]
                for one in self.secrets
            ]

    def test_nothing_links_a_payment(self):
        """Among the payments of one closing, nothing says which is whose.

        When somebody was paid follows from when that person redeemed; to whom follows
        from the provider. So the attacker is told the closing, and has to find the
        settlement in it. What is on both sides in any case, the provider, is left out.
        """
        rows = self.payments()
        ours, _theirs = self.mixed
        moments, left, right = [], [], []
        for known, refs in zip(ours, self.paid(), strict=True):
            for ref in filter(None, refs):
                moments.append(rows[ref]["closed_on"])
                left.append(known)
                right.append(rows[ref])
        self.assertGreater(len(right), PEOPLE)
        self.assertUnlinked(linking.within(moments, left, right))

    def test_an_amount_of_the_payment_per_voucher_would(self):
        """The positive control: a total of one voucher's parts tells whose it is."""
        rows = self.payments()
        ours, _theirs = self.mixed
        moments, left, right = [], [], []
        for known, secret, refs in zip(ours, self.secrets, self.paid(), strict=True):
            for ref in filter(None, refs[:1]):
                moments.append(rows[ref]["closed_on"])
                left.append(known)
                right.append({**rows[ref], "part": secret.value + Decimal("0.01")})
        found = linking.within(moments, left, right)
        self.assertIn("part", {one.theirs for one in found})

    def test_payments_are_batches_and_late(self):
        """Five vouchers or more, of months that ended fifteen days ago or longer."""
        rows = self.payments()
        behind = {}
        with vault(self.env) as inside:
            found = by_refs(inside, [one.voucher for one in self.secrets])
            for ref, (_row, voucher) in found.items():
                for use in voucher.live:
                    if use.settlement:
                        behind.setdefault(use.settlement, set()).add(ref)
        self.assertEqual(set(behind), set(rows))
        for ref, vouchers in behind.items():
            row = rows[ref]
            late = row["closed_on"] - row["month_to"]
            if row["closed_on"].month != 1:
                self.assertGreaterEqual(len(vouchers), 5)
            self.assertGreaterEqual(late.days, 15 + 27)

    # -- everything else that was written --------------------------------------------

    def test_no_text_of_the_database_holds_a_secret(self):
        """No code, and no reference of a voucher, outside its own row and the seals."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public'"
            " AND data_type IN ('text', 'character varying', 'jsonb')"
        )
        columns = self.env.cr.fetchall()
        refs = [one.voucher for one in self.secrets[:40]]
        codes = [one.code for one in self.secrets[:40]]
        held = set()
        for table, column in columns:
            self.env.cr.execute(
                SQL(
                    "SELECT 1 FROM %s WHERE %s::text ~ %s LIMIT 1",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    "|".join([*refs, *codes]),
                )
            )
            if self.env.cr.fetchone():
                held.add((table, column))
        self.assertEqual(held, {(VOUCHER, "ref")})

    def test_the_log_says_the_same_of_everybody(self):
        """No line about a voucher, a code, an employee or a redeeming."""
        said = "\n".join(self.heard.lines)
        for secret in self.secrets:
            for word in (secret.voucher, secret.code, secret.person.name + " "):
                self.assertNotIn(word, said)


class Heard(logging.Handler):
    """Keeps what was logged, with everything that was given to the lines."""

    def __init__(self):
        super().__init__(logging.INFO)
        self.lines = []

    def emit(self, record):
        self.lines.append(f"{record.getMessage()} {record.args!r}")
