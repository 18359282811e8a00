"""The PDF is real, readable, and made without writing anything to a disk."""

import sys
from datetime import date

import pypdfium2
from freezegun import freeze_time

from odoo.tests import tagged

from ..casework import constants as c
from ..casework import erasing, ledger_rest, own_data, uses
from ..controllers.own_data_paper import certificate_pdf, own_data_pdf
from ..engine import codes
from .common import CareerCase
from .retention_case import OwnList

#: What Python reports of this process while :attr:`Watch.is_on`.
WATCHED = ("open", "subprocess.Popen", "os.posix_spawn", "os.fork")
WRITES = 0o1 | 0o2 | 0o100


class Watch:
    """Records files opened for writing, and programs started."""

    is_on = False
    seen: list = []

    @classmethod
    def hook(cls, event, arguments):
        if not cls.is_on or event not in WATCHED:
            return
        if event == "open":
            path, _mode, flags = arguments
            if not flags & WRITES or str(path) == "/dev/null":
                return
        cls.seen.append((event, str(arguments[0])))


sys.addaudithook(Watch.hook)


@tagged("post_install", "-at_install")
class TestPaper(OwnList, CareerCase):
    def pages(self, content):
        return [
            page.get_textpage().get_text_range()
            for page in pypdfium2.PdfDocument(content)
        ]

    def own(self, lang="en_US"):
        ref = self.make_aftercare()
        self.employee_door().case(ref).write(
            c.NOTE,
            c.SELF,
            {"title": "Één ding", "text": f"Ça va? Żółć {self.canary}\n" * 80},
        )
        self.users["victim"].lang = lang
        env = self.env_of("victim")
        env = env(context={**env.context, "lang": lang})
        return env, own_data.collect(self.employee_door().case(ref))

    def test_everything_on_numbered_pages(self):
        env, data = self.own()
        pages = self.pages(own_data_pdf(env, data))
        self.assertGreater(len(pages), 1)
        for number, page in enumerate(pages, start=1):
            self.assertIn(f"Page {number} of {len(pages)}", page)
        text = "".join(pages)
        self.assertGreaterEqual(text.count(self.canary), 80)
        for words in ("My file", "Één ding", "Żółć", "Who opened your file"):
            self.assertIn(words, text)

    def test_hours_as_the_reader_writes_them(self):
        ref = self.make_active()
        work = self.coach_door().case(ref)
        work.mark_session(work.propose_session({"on": "2026-06-10T10:00"}), "held", 1.5)
        data = own_data.collect(self.employee_door().case(ref))
        self.env["res.lang"]._activate_lang("nl_NL")
        for lang, hours in (("en_US", "1.5"), ("nl_NL", "1,5")):
            env = self.env_of("victim")
            env = env(context={**env.context, "lang": lang})
            lines = "".join(self.pages(own_data_pdf(env, data))).splitlines()
            self.assertIn(hours, [line.strip() for line in lines])

    def test_nothing_is_written_to_a_disk(self):
        env, data = self.own()
        Watch.seen = []
        Watch.is_on = True
        try:
            self.assertTrue(own_data_pdf(env, data))
            own = list(Watch.seen)
            # The control: the watch sees a file.
            with self.list_path.open("w") as stream:
                stream.write("x")
            control = list(Watch.seen)
        finally:
            Watch.is_on = False
        self.assertEqual(own, [])
        self.assertIn(("open", str(self.list_path)), control)

    @freeze_time("2026-06-15")
    def test_certificate(self):
        erased = erasing.Erased("ab" * 32, date(2026, 6, 15), (("note", 2),), 3, True)
        [page] = self.pages(certificate_pdf(self.env_of("victim"), erased))
        for words in ("Deleted for good", "15 June 2026", "abababab abababab", "Note"):
            self.assertIn(words, page)


class Terms:
    """The terms of a right, as a record has them."""

    def __init__(self, kind, months=60, saving=0, advance=0):
        self.interval_kind = kind
        self.interval_months = months
        self.saving_months = saving
        self.advance_periods = advance


@tagged("post_install", "-at_install")
class TestLedgerRest(CareerCase):
    def test_how_long_a_use_matters(self):
        months = ledger_rest.months_that_matter
        self.assertEqual(months([]), 0)
        self.assertEqual(months([Terms(codes.ROLLING_START)]), 120)
        both = [Terms(codes.ROLLING_START, 36), Terms(codes.ACCRUAL, 12, 60)]
        self.assertEqual(months(both), 60 + 2 * 12)
        self.assertIs(months([Terms(codes.ONCE)]), ledger_rest.FOR_GOOD)
        self.assertIs(months([Terms(codes.ACCRUAL, 12)]), ledger_rest.FOR_GOOD)
        self.assertEqual(months([Terms(codes.ACCRUAL, 12, 36, 1)]), 36 + 3 * 12)

    def test_what_goes_changes_nothing_somebody_has(self):
        """On no later day: asked with the use and without it."""
        employee = self.people["victim"]
        self.make_aftercare()
        found = uses.uses_of(self.env(su=True), [employee.id])
        self.assertTrue(found[employee.id])
        none = {employee.id: []}
        for year in range(10):
            day = date(2036 + year, 7, 1)
            self.assertEqual(self.has(day, found), self.has(day, none), day)
        # The control: earlier it did matter.
        day = date(2030, 1, 1)
        self.assertNotEqual(self.has(day, found), self.has(day, none))

    def has(self, day, known):
        employee = self.people["victim"]
        rights = self.env["hr.career.entitlement"].sudo()
        answers = rights._entitlements(employee, day, known)[employee.id]
        return [(one.status, one.left, one.granted, one.next_date) for one in answers]
