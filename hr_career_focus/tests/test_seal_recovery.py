"""A lost passphrase: the office's commands, the request, the answer, the other."""

import contextlib
import io
import json
import tempfile
from pathlib import Path
from types import SimpleNamespace

from odoo.tests import tagged

from ..casework import constants as c
from ..casework.errors import CaseworkError, Locked, NotYours
from ..cli.career_vault import OFFICE_ACTS, CareerVault
from ..vault import personal
from .seal_case import COACH_PASSPHRASE, PASSPHRASE, SealCase

NEW = "another one of four words"
OFFICE_PASSPHRASE = "five words of an office here"


@tagged("post_install", "-at_install")
class TestSealRecovery(SealCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        (cls.folder / "passphrase").write_text(OFFICE_PASSPHRASE + "\n")
        said = cls.office("recovery-key")
        line = next(one for one in said.splitlines() if "focus-recovery-" in one)
        cls.company.career_recovery_key = line
        cls.make_keys()
        cls.ref = cls.make_active()

    @classmethod
    def office(cls, act, **options):
        """Run a command of the office; return what it says."""
        values = {
            "office_key": str(cls.folder / "office.key"),
            "passphrase_file": str(cls.folder / "passphrase"),
            "request": str(cls.folder / "request.json"),
            "answer": str(cls.folder / "answer.json"),
            "number": None,
            "name": None,
        }
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            OFFICE_ACTS[act](CareerVault(), SimpleNamespace(**{**values, **options}))
        return said.getvalue()

    def setUp(self):
        super().setUp()
        self.addCleanup(type(self).keys.update, dict(self.keys))
        (self.folder / "answer.json").unlink(missing_ok=True)

    def lose(self, login="victim"):
        """Make a new pair for a lost one; return the door."""
        door = self.key_door(login)
        door.unlocked = None
        door.renew(NEW, login.ljust(8, "x"))
        self.keys[login] = door.unlocked
        return door

    def test_office_file_is_for_its_owner_alone(self):
        path = self.folder / "office.key"
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        self.assertNotIn("focus-recovery-", path.read_text())
        with self.assertRaises(FileExistsError):
            self.office("recovery-key")
        (self.folder / "weak").write_text("welkom123")
        with self.assertRaises(SystemExit):
            self.office(
                "recovery-key",
                office_key=str(self.folder / "other"),
                passphrase_file=str(self.folder / "weak"),
            )

    def test_request_and_answer(self):
        self.write_all()
        door = self.lose()
        view = self.own().view
        self.assertNotIn(self.canary, repr(view))
        self.assertEqual(view.seal.locked, door.view.closed)
        self.assertTrue(view.seal.locked)
        asked = door.request_file()
        self.assertNotIn(self.canary.encode(), asked)
        self.assertEqual(
            set(json.loads(asked)["texts"][0]), {"owner", "envelope"}, "no text in it"
        )
        (self.folder / "request.json").write_bytes(asked)
        number = personal.grouped(self.keys["victim"].fingerprint)
        self.assertEqual(door.view.number, number)
        for wrong in (
            {"number": number[:-1] + "x", "name": "Victim Person"},
            {"number": number, "name": "Colleague Person"},
        ):
            with self.assertRaises(SystemExit):
                self.office("recover", **wrong)
            self.assertFalse((self.folder / "answer.json").exists())
        said = self.office("recover", number=number, name="victim person")
        self.assertIn("of: Victim Person", said)
        answer = (self.folder / "answer.json").read_bytes()
        self.assertEqual(door.take_answer(answer), view.seal.locked)
        view = self.own().view
        self.assertEqual(view.seal.locked, 0)
        self.assertEqual(view.notes[0].fields["text"], f"note {self.canary}")
        self.assertIn(self.canary, self.work().view.plan.fields["steps"])
        self.assertEqual(door.take_answer(answer), 0)

    def test_answer_for_somebody_else(self):
        self.write_all()
        door = self.lose()
        (self.folder / "request.json").write_bytes(door.request_file())
        self.office("recover", number=door.view.number, name="Victim Person")
        answer = (self.folder / "answer.json").read_bytes()
        self.make_key("colleague")
        for login in ("colleague", "coach"):
            with self.assertRaises(CaseworkError):
                self.key_door(login).take_answer(answer)
        for content in (b"", b"{}", b"x" * 20):
            with self.assertRaises(CaseworkError):
                door.take_answer(content)
        self.assertNotIn(self.canary, repr(self.own().view))

    def test_the_other_shares_again(self):
        """What was shared comes back without the office; what was not, does not."""
        self.write_all()
        self.lose()
        self.assertTrue(self.own().view.plan.locked)
        self.assertTrue(self.work().view.seal.other_is_new)
        with self.assertRaises(Locked):
            self.work(locked=True).share_again()
        self.work().share_again()
        view = self.own().view
        self.assertIn(self.canary, view.plan.fields["steps"])
        self.assertTrue(view.notes[0].locked)
        self.assertFalse(self.work().view.seal.other_is_new)

    def test_coach_with_an_earlier_passphrase(self):
        self.write_all()
        door = self.lose("coach")
        self.assertTrue(self.work().view.plan.locked)
        self.assertFalse(door.open_earlier(PASSPHRASE))
        self.assertTrue(door.open_earlier(COACH_PASSPHRASE))
        self.assertIn(self.canary, self.work().view.plan.fields["steps"])
        self.assertIn(self.canary, self.own().view.plan.fields["steps"])

    def test_after_a_swap_the_former_coach_gets_nothing_back(self):
        refs = self.write_all()
        self.own(locked=True).swap()
        door = self.lose("coach")
        door.open_earlier(COACH_PASSPHRASE)
        self.assertEqual(door.reopened, 0)
        self.assertIn(refs[c.PLAN], {one.ref for one in [self.own().view.plan]})

    def new_office(self, name):
        """Make another key of an office; return the line for the set-up page."""
        said = self.office("recovery-key", office_key=str(self.folder / name))
        return next(one for one in said.splitlines() if "focus-recovery-" in one)

    def recovered(self, door, name):
        """Take the file to one office and back; return how many texts open."""
        (self.folder / "request.json").write_bytes(door.request_file())
        (self.folder / "answer.json").unlink(missing_ok=True)
        self.office(
            "recover",
            office_key=str(self.folder / name),
            number=door.view.number,
            name="Victim Person",
        )
        return door.take_answer((self.folder / "answer.json").read_bytes())

    def test_office_that_took_another_key(self):
        """Each text opens with the key it was sealed for, also without any now."""
        self.company.career_recovery_key = self.new_office("second.key")
        self.own().write(c.NOTE, c.SELF, {"text": f"after {self.canary}"})
        self.company.career_recovery_key = False
        door = self.lose()
        self.assertEqual(door.view.offices, ())
        self.assertEqual(len(door.view.helpers), 2)
        closed = door.view.closed
        self.assertGreater(closed, 1)
        self.assertEqual(self.recovered(door, "second.key"), 1)
        self.assertEqual(self.recovered(door, "office.key"), closed - 1)
        self.assertEqual(self.own().view.seal.locked, 0)
        self.assertEqual(door.view.helpers, ())

    def test_office_of_the_second_company(self):
        """The case is at one company, the first employer of the login is another."""
        other = self.make_other_company("Aardvark")
        other.career_recovery_key = self.new_office("third.key")
        self.env["hr.employee"].create(
            {
                "name": "Victim Person",
                "user_id": self.users["victim"].id,
                "company_id": other.id,
            }
        )
        door = self.lose()
        door.companies = door.companies.sorted(lambda one: one != other)
        self.assertEqual(len(door.view.offices), 2)
        self.assertEqual(len(door.view.helpers), 1)
        closed = door.view.closed
        self.assertEqual(self.recovered(door, "office.key"), closed)
        self.assertEqual(door.view.closed, 0)

    def test_without_an_office(self):
        """What was written since opens for nobody; what was written before does."""
        self.company.career_recovery_key = False
        self.write_all()
        door = self.lose()
        self.assertEqual(door.view.offices, ())
        self.assertTrue(self.recovered(door, "office.key"))
        view = self.own().view
        self.assertTrue(view.notes[0].locked)
        self.assertEqual(door.view.helpers, ())
        with self.assertRaises(NotYours):
            door.request_file()

    def test_wrong_line_is_refused(self):
        with self.assertRaisesRegex(Exception, "not a recovery key"):
            self.company.career_recovery_key = "focus-recovery-nonsense"
