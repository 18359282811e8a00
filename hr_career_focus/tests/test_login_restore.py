"""Back in after an identity check: by whom, for whom, and who learns of it."""

import re
from datetime import timedelta

from odoo.tests import freeze_time, tagged

from ..casework import (
    EmployeeDoor,
    access_log,
    login_desk,
    login_told,
    logins,
    purposes,
)
from ..casework import constants as c
from ..casework.errors import CaseworkError, DoorClosed, NotYours
from ..casework.login_desk import BY_VIDEO, IN_PERSON, LoginsDoor
from ..casework.login_page import closed_view
from .common import NOW, CareerCase
from .page_case import PageCase

LOGINS = "/focus/logins"
PRIVATE = "private@home.test"


@tagged("post_install", "-at_install")
class TestRestore(CareerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ref = cls.make_request(channel="mail", address=PRIVATE)

    def take_over(self, login):
        """Somebody else sets the password; return the number the page then shows."""
        self.users[login].password = "another-1"
        return closed_view(self.env_of(login), logins.CHANGED).number

    def door(self, login="desk"):
        return LoginsDoor(self.env_of(login))

    def mails(self):
        return self.env["mail.mail"].search([], order="id desc")

    def test_desk_and_privacy_officer_open_it(self):
        for helper in ("desk", "privacy_officer"):
            number = self.take_over("victim")
            self.door(helper).restore("victim", number, IN_PERSON)
            EmployeeDoor(self.env_of("victim"))

    def test_nobody_else(self):
        for login in ("victim", "coach", "manager", "hr_manager", "settings_admin"):
            with self.assertRaises(NotYours):
                self.door(login)

    def test_wrong_number_and_unknown_login_are_the_same_answer(self):
        number = self.take_over("victim")
        said = set()
        for login, typed in (
            ("victim", "0123456789"),
            ("victim", ""),
            ("nobody", number),
            ("colleague", number),
            ("desk", number),
        ):
            with self.assertRaises(CaseworkError) as caught:
                self.door().restore(login, typed, IN_PERSON)
            said.add(str(caught.exception))
        self.assertEqual(len(said), 1)
        with self.assertRaises(DoorClosed):
            EmployeeDoor(self.env_of("victim"))

    def test_not_the_own_login(self):
        number = closed_view(self.env_of("desk"), logins.CHANGED).number
        with self.assertRaises(CaseworkError):
            self.door().restore("desk", number, IN_PERSON)

    def test_number_of_another_password_is_no_good(self):
        number = self.take_over("victim")
        self.users["victim"].password = "and-another-2"
        with self.assertRaises(CaseworkError):
            self.door().restore("victim", number, IN_PERSON)

    def test_other_company_does_not_open_it(self):
        number = self.take_over("victim")
        other = self.env["res.company"].create(
            {"name": "Elsewhere", "career_second_factor": False}
        )
        self.users["privacy_officer"].write(
            {"company_ids": [(6, 0, other.ids)], "company_id": other.id}
        )
        with self.assertRaises(CaseworkError):
            self.door("privacy_officer").restore("victim", number, IN_PERSON)

    def restore(self, login="victim", how=IN_PERSON, helper="desk"):
        """Open a login again; return the mails of that moment."""
        number = self.take_over(login)
        before = self.mails()
        self.door(helper).restore(login, number, how)
        return self.mails() - before

    def hours_later(self):
        """Run the job of each hour of the days after; return ``[(hour, mails)]``."""
        found = []
        for hour in range(1, 24 * 5):
            before = self.mails()
            login_told.tell(self.env(su=True), NOW + timedelta(hours=hour))
            if self.mails() - before:
                found.append((hour, self.mails() - before))
        return found

    def test_owner_hears_of_it_and_reads_who_and_how(self):
        new = self.restore(how=BY_VIDEO)
        self.assertEqual(new.mapped("email_to"), ["victim@x.test"])
        self.assertEqual(set(new.mapped("subject")), {"There is a message for you"})
        opening = EmployeeDoor(self.env_of("victim")).case(self.ref).view.openings[0]
        self.assertEqual(opening.role, "desk")
        self.assertEqual(
            opening.purpose,
            purposes.sentence(self.env, login_desk.PURPOSES[BY_VIDEO]),
        )

    def test_address_of_the_case_hears_of_it_later(self):
        """Not in the act: it would tell the mail log that this login has a case."""
        with freeze_time(NOW):
            at_once = self.restore()
        self.assertEqual(len(at_once), 1)
        [(hour, later)] = self.hours_later()
        self.assertEqual(later.mapped("email_to"), [PRIVATE])
        self.assertEqual(later.subject, at_once.subject)
        self.assertEqual(later.body_html, at_once.body_html)
        self.assertGreaterEqual(hour, 21)
        self.assertFalse(self.hours_later())

    def test_login_without_a_case_looks_the_same(self):
        """One mail in the act, one row that waits and is then rewritten."""
        with freeze_time(NOW):
            self.assertEqual(len(self.restore("colleague")), 1)
        waiting = self.sealed("colleague")
        self.assertEqual(self.hours_later(), [])
        self.assertNotEqual(self.sealed("colleague"), waiting)
        self.assertEqual(len(self.sealed("colleague")), len(waiting))

    def test_one_mail_for_each_address_however_it_is_spelled(self):
        self.make_request("colleague", channel="mail", address="COLLEAGUE@X.TEST")
        with freeze_time(NOW):
            self.assertEqual(len(self.restore("colleague")), 1)
        self.assertEqual(self.hours_later(), [])

    def test_job_of_the_hour_tells_it(self):
        with freeze_time(NOW):
            self.restore()
        before = self.mails()
        with freeze_time(NOW + timedelta(days=4)):
            self.env["hr.career.housekeeping"]._cron_remind()
        self.assertEqual((self.mails() - before).mapped("email_to"), [PRIVATE])

    def sealed(self, login):
        self.cr.execute(
            "SELECT sealed FROM hr_career_login WHERE user_id = %s",
            [self.users[login].id],
        )
        return self.cr.fetchone()[0]

    def test_log_grows_by_one_line_with_and_without_a_case(self):
        def count():
            self.cr.execute("SELECT count(*) FROM hr_career_access")
            return self.cr.fetchone()[0]

        for login in ("victim", "colleague"):
            number = self.take_over(login)
            before = count()
            self.door().restore(login, number, IN_PERSON)
            self.assertEqual(count() - before, 1)
        self.assertFalse(access_log.verify(self.env))

    def test_second_factor_is_wanted_of_who_opens(self):
        self.company.career_second_factor = True
        for helper in ("desk", "privacy_officer"):
            with self.assertRaises(DoorClosed) as caught:
                self.door(helper)
            self.assertEqual(caught.exception.reason, logins.SECOND_FACTOR)


@tagged("post_install", "-at_install")
class TestRestorePages(PageCase):
    """From the closed page to the desk's page and back, with real sessions."""

    def number(self):
        response = self.get("/my/focus")
        self.assertEqual(response.status_code, 403)
        return re.search(r"(\d{5} \d{5})", response.text).group(1)

    def close(self, login):
        self.users[login].password = "another-1"

    def test_back_in_through_the_desk(self):
        self.close("victim")
        self.login("victim")
        number = self.number()
        self.login("desk")
        page = self.send_well(
            LOGINS, "open", login="victim", number=number, checked="in_person",
            confirm="yes",
        )  # fmt: skip
        self.assertIn("open again", page.text_content())
        self.login("victim")
        self.page("/my/focus")

    def test_refused_form_keeps_what_was_typed(self):
        self.login("desk")
        response = self.send(
            LOGINS, "open", login="victim", number="00000 00000", checked="video",
            confirm="yes",
        )  # fmt: skip
        self.assertRefused(response, "do not belong together")
        self.assertIn("00000 00000", response.text)

    def test_nobody_else_finds_the_page(self):
        for login in ("victim", "coach", "manager", "hr_officer", "settings_admin"):
            self.login(login)
            self.assertMissing(LOGINS)

    def test_closed_page_is_the_same_with_and_without_a_case(self):
        self.make_request("victim", kind=c.CAREER_FOCUS)
        pages = []
        for login in ("victim", "colleague"):
            self.close(login)
            self.login(login)
            response = self.get("/my/focus")
            self.assertEqual(response.status_code, 403)
            self.assertEqual(response.headers["Cache-Control"], "no-store")
            bare = re.sub(r"\d{5} \d{5}", "NUMBER", self.bare(response))
            bare = re.sub(r'id": \d+', "USER", bare)
            pages.append(re.sub(r'"[0-9a-f]{24}"', '"ONCE"', bare))
        self.assertEqual(pages[0], pages[1])
        self.assertIn("USER", pages[0])
