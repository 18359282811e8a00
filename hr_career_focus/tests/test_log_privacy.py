"""An employee calls an opening odd; what becomes of it, and who learns what."""

from datetime import timedelta

from odoo.tests import tagged

from ..casework import PrivacyDoor, access_log, approvals, purposes, signals
from ..casework.errors import CaseworkError, DoorClosed, NotYours
from ..casework.log_counts import CASES, FLOOR, CountsDoor, _shown
from ..casework.opening import Dossier, find, vault
from .common import NOW, CareerCase
from .page_case import PageCase

LATER = NOW + timedelta(hours=3)
FILE = "/my/focus/file/%s"
PRIVACY = "/focus/privacy"
ELSEWHERE = {"name": "Elsewhere", "career_second_factor": False}
SIGNAL = "/focus/privacy/%s"


class Odd:
    """Mixin: a case that its coach opened, which the employee calls odd."""

    def call_odd(self, remark="We never spoke that day.", now=LATER):
        """Call the newest opening by the coach odd; return the signal's reference."""
        case = self.employee_door(now=now).case(self.ref)
        line = next(one for one in case.view.openings if one.role == purposes.COACH)
        case.call_odd(line.ref, remark)
        self.env.invalidate_all()
        return self.odd().ref

    def odd(self, now=LATER):
        view = self.employee_door(now=now).case(self.ref).view
        return next((one.odd for one in view.openings if one.odd), None)

    def officer(self, login="privacy_officer", now=LATER):
        return PrivacyDoor(self.env_of(login), now)

    def agree(self, yes=True, note="", login="desk", now=LATER):
        env = self.env_of(login)
        [question] = approvals.waiting(env, now)
        approvals.decide(env, question.ref, yes, note, now)


@tagged("post_install", "-at_install")
class TestOdd(Odd, CareerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ref = cls.make_agreed()
        cls.coach_door().case(cls.ref).view

    def logged(self):
        with vault(self.env) as inside:
            lines = Dossier(find(inside, self.ref, [])).lines()
        return [(one.role, one.purpose) for one in lines]

    def test_called_odd_read_and_answered(self):
        signal = self.call_odd()
        self.assertFalse(self.odd().is_read)
        [line] = self.officer().signals()
        self.assertEqual((line.ref, line.is_read), (signal, False))
        view = self.officer().signal(signal)
        self.assertEqual(view.remark, "We never spoke that day.")
        self.assertEqual(view.role, purposes.COACH)
        self.assertTrue(self.odd().is_read)
        self.officer().answer(signal, "The coach prepared your session.")
        [[_at, text]] = self.odd().answers
        self.assertEqual(text, "The coach prepared your session.")
        [line] = self.officer().signals()
        self.assertTrue(line.is_answered)

    def test_the_officer_learns_neither_of_the_two(self):
        signal = self.call_odd()
        shown = repr((self.officer().signals(), self.officer().signal(signal)))
        for login in ("victim", "coach"):
            user = self.users[login]
            for banned in (user.name, user.email, self.ref):
                self.assertNotIn(banned, shown)
        self.assertNotIn(self.people["victim"].name, shown)
        self.assertNotIn(self.coaches["coach"].name, shown)

    def test_undo_until_it_is_read(self):
        case = self.employee_door(now=LATER).case(self.ref)
        case.take_odd_back(self.call_odd())
        self.assertIsNone(self.odd())
        self.assertEqual(list(self.officer().signals()), [])
        signal = self.call_odd()
        self.officer().signal(signal)
        with self.assertRaises(CaseworkError):
            case.take_odd_back(signal)
        self.assertTrue(self.odd())

    def test_once_for_each_opening(self):
        self.call_odd()
        line = next(
            one
            for one in self.employee_door(now=LATER).case(self.ref).view.openings
            if one.odd
        )
        with self.assertRaises(CaseworkError):
            self.employee_door(now=LATER).case(self.ref).call_odd(line.ref)

    def test_reading_is_in_the_log_once(self):
        signal = self.call_odd()
        self.officer().signal(signal)
        self.officer().signal(signal)
        self.assertEqual(self.logged().count((purposes.PRIVACY, purposes.ODD)), 1)
        self.assertEqual(access_log.verify(self.env), [])

    def test_a_name_is_released_by_two(self):
        signal = self.call_odd()
        officer = self.officer()
        officer.signal(signal)
        with self.assertRaises(CaseworkError):
            officer.release(signal)
        officer.ask_release(signal, "The coach was on leave.")
        self.assertEqual(officer.signal(signal).release, "asked")
        with self.assertRaises(CaseworkError):
            officer.release(signal)
        self.assertFalse(self.odd().name)
        self.agree()
        self.assertEqual(officer.signal(signal).release, "granted")
        officer.release(signal)
        name = self.users["coach"].name
        self.assertEqual((self.odd().name, officer.signal(signal).name), (name, name))
        self.assertIn((purposes.PRIVACY, purposes.RELEASE), self.logged())
        with self.assertRaises(CaseworkError):
            officer.release(signal)

    def test_a_refusal_gives_no_name(self):
        signal = self.call_odd()
        self.officer().ask_release(signal, "Just curious.")
        self.agree(False, "That is no reason.")
        view = self.officer().signal(signal)
        self.assertEqual((view.release, view.note), ("refused", "That is no reason."))
        with self.assertRaises(CaseworkError):
            self.officer().release(signal)
        self.assertFalse(self.odd().name)

    def test_who_opened_it_does_not_confirm(self):
        """The desk holder whose opening it is neither sees nor answers the question."""
        self.desk_door(now=LATER).case(self.ref).view
        case = self.employee_door(now=LATER).case(self.ref)
        line = next(one for one in case.view.openings if one.role == purposes.DESK)
        case.call_odd(line.ref, "")
        signal = self.odd().ref
        self.officer().ask_release(signal, "Unclear.")
        self.assertEqual(approvals.waiting(self.env_of("desk"), LATER), ())

    def test_not_for_others(self):
        """Neither other roles nor an officer of another company; nor a foreign line."""
        signal = self.call_odd()
        for login in ("manager", "hr_manager", "settings_admin", "desk", "coach"):
            with self.subTest(login), self.assertRaises(NotYours):
                self.officer(login)
        other = self.env["res.company"].create(dict(ELSEWHERE))
        officer = self.users["privacy_officer"]
        officer.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.assertEqual(list(self.officer().signals()), [])
        for act in (
            lambda door: door.signal(signal),
            lambda door: door.answer(signal, "x"),
            lambda door: door.ask_release(signal, "x"),
            lambda door: door.release(signal),
        ):
            with self.assertRaises(NotYours):
                act(self.officer())
        foreign = self.make_request("colleague")
        with self.assertRaises(NotYours):
            case = self.employee_door("colleague", LATER).case(foreign)
            line = self.employee_door(now=LATER).case(self.ref).view.openings[0]
            case.call_odd(line.ref)

    def test_an_officer_does_not_judge_the_own_opening(self):
        """It goes to another officer; without one the employee is told at once."""
        self.officer().signal(self.call_odd())
        case = self.employee_door(now=LATER).case(self.ref)
        line = next(one for one in case.view.openings if one.role == purposes.PRIVACY)
        with self.assertRaises(CaseworkError):
            case.call_odd(line.ref)
        self.users["second"] = self.make_user(
            "second", "base.group_user,hr_career_focus.group_privacy_officer"
        )
        case.call_odd(line.ref, "Why?")
        self.assertEqual(len(self.officer().signals()), 1)
        self.assertEqual(len(self.officer("second").signals()), 2)

    def test_the_officers_get_the_one_mail(self):
        mails = self.env["mail.mail"].search([])
        self.call_odd()
        new = self.env["mail.mail"].search([]) - mails
        self.assertEqual(new.mapped("email_to"), ["privacy_officer@x.test"])
        self.assertEqual(new.subject, "There is a message for you")

    def test_a_second_factor_is_wanted(self):
        self.company.career_second_factor = True
        with self.assertRaises(DoorClosed):
            self.officer()

    def test_deleting_the_case_deletes_what_was_called_odd(self):
        self.call_odd()
        with vault(self.env) as inside:
            signals.forget(inside, self.ref)
            self.assertFalse(inside[signals.SIGNAL].search([]))

    def test_a_damaged_line_keeps_no_other_from_the_reader(self):
        self.env.cr.execute("ALTER TABLE hr_career_access DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE hr_career_access SET sealed = 'x' WHERE place ="
            " (SELECT max(place) FROM hr_career_access)"
        )
        self.env.cr.execute("ALTER TABLE hr_career_access ENABLE TRIGGER USER")
        self.employee_door().case(self.ref).view
        self.assertTrue(access_log.verify(self.env))


@tagged("post_install", "-at_install")
class TestCounts(CareerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # One case of each, all with the same coach: nobody finds one in the number.
        cls.logins = ["victim", "colleague", *(f"more_{n}" for n in range(CASES - 2))]
        for login in cls.logins[2:]:
            cls.users[login] = cls.make_user(login, "base.group_portal")
            cls.make_employee(login, cls.users[login], cls.department)
        # The log of the tests began before their day, whenever it was installed.
        cls.env.cr.execute("ALTER TABLE hr_career_access DISABLE TRIGGER USER")
        cls.env.cr.execute(
            "UPDATE hr_career_access SET month = '2026-01-01' WHERE place = 1"
        )
        cls.env.cr.execute("ALTER TABLE hr_career_access ENABLE TRIGGER USER")
        cls.refs = [cls.make_intake(login) for login in cls.logins]

    def years(self, login="works_council", year=2027):
        return CountsDoor(self.env_of(login), NOW.replace(year=year)).years()

    def numbers(self, **more):
        [one] = self.years(**more)
        return dict(one.numbers)

    def open(self, times, cases=CASES):
        """Let the coach open ``cases`` cases, ``times`` times together."""
        for number in range(times):
            self.coach_door().case(self.refs[number % cases]).view

    def test_from_the_floor_up_only(self):
        self.open(FLOOR - 1)
        self.assertIsNone(self.numbers()[purposes.COACH])
        self.open(1)
        self.assertEqual(self.numbers()[purposes.COACH], FLOOR)
        self.assertIsNone(self.numbers()[purposes.DESK])

    def test_of_enough_different_files_only(self):
        """Opening one file often makes no number of it; opening one more does."""
        self.open(5 * FLOOR, CASES - 1)
        self.assertIsNone(self.numbers()[purposes.COACH])
        self.coach_door().case(self.refs[-1]).view
        self.assertEqual(self.numbers()[purposes.COACH], 5 * FLOOR + 1)

    def test_a_file_counts_anew_each_year(self):
        """Nothing in a label goes with the label of another year."""
        one, other = (
            access_log.case_of_year(self.refs[0], NOW.replace(year=year))
            for year in (2026, 2027)
        )
        self.assertNotEqual(one, other)
        self.assertEqual({len(one), len(other)}, {len(access_log.NO_CASE)})

    def test_lines_that_do_not_say_the_file_are_of_none(self):
        """As those of before: they count as openings, and as no file."""
        self.assertEqual(_shown(["x"] * FLOOR), None)
        self.assertEqual(_shown([access_log.NO_CASE] * FLOOR), None)
        most = [access_log.NO_CASE] * FLOOR
        self.assertEqual(_shown([*most, *"abcd"]), None)
        self.assertEqual(_shown([*most, *"abcde"]), FLOOR + 5)

    def test_only_years_that_are_over(self):
        self.open(FLOOR)
        self.assertEqual(self.years(year=2026), [])
        self.assertEqual(len(self.years()), 1)
        self.assertEqual(
            [one.year for one in self.years(year=2029)], [2028, 2027, 2026]
        )
        self.assertEqual(len(self.years(year=2040)), 5)

    def test_a_company_without_a_case_reads_as_one_with_a_few(self):
        """Which years are shown tells nothing, and nought is no number either."""
        self.open(FLOOR - 1)
        other = self.env["res.company"].create(dict(ELSEWHERE))
        self.users["works_council"].company_ids += other
        few, none = self.years()
        self.assertEqual({few.company, none.company}, {self.company.name, other.name})
        self.assertEqual((few.year, few.numbers), (none.year, none.numbers))
        self.open(1)
        few, none = self.years()
        self.assertNotEqual(few.numbers, none.numbers)

    def test_a_number_does_not_move_when_a_case_is_deleted(self):
        self.open(FLOOR)
        before = self.years()
        with vault(self.env) as inside:
            for ref in self.refs:
                self.assertGreater(access_log.forget(inside, ref), 0)
        self.assertEqual(self.years(), before)

    def test_of_the_own_company(self):
        self.open(FLOOR)
        other = self.env["res.company"].create(dict(ELSEWHERE))
        council = self.users["works_council"]
        council.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        [one] = self.years()
        self.assertEqual(one.company, other.name)
        self.assertEqual({number for _role, number in one.numbers}, {None})
        self.assertEqual(self.numbers(login="privacy_officer")[purposes.COACH], FLOOR)

    def test_for_works_council_and_officer_only(self):
        for login in ("manager", "hr_manager", "settings_admin", "finance", "coach"):
            with self.subTest(login), self.assertRaises(NotYours):
                self.years(login)


@tagged("post_install", "-at_install")
class TestOddPages(Odd, PageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ref = cls.make_agreed()
        cls.coach_door().case(cls.ref).view

    def test_the_whole_way(self):
        path = FILE % self.ref
        self.login("victim")
        view = self.employee_door(now=LATER).case(self.ref).view
        line = next(one for one in view.openings if one.role == purposes.COACH)
        page = self.send_well(path, "odd", line.ref, text=f"Odd {self.canary}")
        self.assertIn("Not read yet", page.text_content())
        signal = self.odd().ref
        page = self.send_well(path, "odd_back", signal)
        self.assertNotIn("Not read yet", page.text_content())
        self.send_well(path, "odd", line.ref, text=f"Odd {self.canary}")
        signal = self.odd().ref
        self.login("privacy_officer")
        page = self.page(PRIVACY)
        self.assertNotIn(self.canary, page.text_content())
        self.assertTrue(page.xpath(f"//a[@href='{SIGNAL % signal}']"))
        page = self.page(SIGNAL % signal)
        self.assertIn(self.canary, page.text_content())
        self.assertNotIn(self.people["victim"].name, page.text_content())
        self.send_well(SIGNAL % signal, "answer", text="I asked. It was in order.")
        self.assertRefused(self.send(SIGNAL % signal, "ask", text=" "), "fill in")
        page = self.send_well(SIGNAL % signal, "ask", text="Unclear.")
        self.assertIn("waits for a second person", page.text_content())
        self.env.invalidate_all()
        self.agree(now=None)
        name = self.users["coach"].name
        page = self.send_well(SIGNAL % signal, "release")
        self.assertIn(name, page.text_content())
        self.login("victim")
        section = self.page(path).get_element_by_id("openings").text_content()
        self.assertIn("I asked. It was in order.", section)
        self.assertIn(name, section)

    def test_others_get_the_one_answer(self):
        signal = self.call_odd()
        for login in ("manager", "settings_admin", "desk", "coach", "victim"):
            self.login(login)
            for path in (PRIVACY, SIGNAL % signal, f"{PRIVACY}/counts"):
                with self.subTest(login, path=path):
                    self.assertMissing(path)
            self.assertMissing(SIGNAL % signal, do="release", confirm="yes")
        self.login("privacy_officer")
        self.assertMissing(SIGNAL % ("0" * 32))
        self.page(SIGNAL % signal)

    def test_the_works_council_reads_numbers_only(self):
        self.login("works_council")
        self.assertMissing(PRIVACY)
        page = self.page(f"{PRIVACY}/counts")
        self.assertIn("Openings per year", page.text_content())

    def test_a_foreign_line_cannot_be_called_odd(self):
        self.make_request("colleague")
        other = self.employee_door("colleague").running_ref()
        view = self.employee_door(now=LATER).case(self.ref).view
        self.login("colleague")
        values = {"do": "odd", "entry": view.openings[0].ref, "text": "x"}
        data = {"csrf_token": self.csrf(), **values}
        response = self.url_open(FILE % other, data=data, allow_redirects=False)
        self.assertEqual(response.status_code, 404)
        self.assertIsNone(self.odd())
