"""The employee's own day counts, whatever day it is on the server."""

from datetime import date, datetime

from odoo.tests import freeze_time, tagged

from ..casework import EmployeeDoor
from ..casework import constants as c
from ..casework.errors import CaseworkError
from ..engine import values as v
from .rights_case import RightsCase

BRUSSELS = "Europe/Brussels"
#: First day of the right, the last moment (UTC) before it, its first moment (UTC).
MIDNIGHTS = [
    # Winter and summer: one and two hours before the midnight of UTC.
    (date(2026, 1, 15), "2026-01-14 22:59:59", "2026-01-14 23:00:00"),
    (date(2026, 6, 15), "2026-06-14 21:59:59", "2026-06-14 22:00:00"),
    # The day on which summer time begins, and the day after.
    (date(2026, 3, 29), "2026-03-28 22:59:59", "2026-03-28 23:00:00"),
    (date(2026, 3, 30), "2026-03-29 21:59:59", "2026-03-29 22:00:00"),
    # The day on which it ends, and the day after.
    (date(2026, 10, 25), "2026-10-24 21:59:59", "2026-10-24 22:00:00"),
    (date(2026, 10, 26), "2026-10-25 22:59:59", "2026-10-25 23:00:00"),
    # A month and a year that begin.
    (date(2026, 4, 1), "2026-03-31 21:59:59", "2026-03-31 22:00:00"),
    (date(2027, 1, 1), "2026-12-31 22:59:59", "2026-12-31 23:00:00"),
]


@tagged("post_install", "-at_install")
class TestDays(RightsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["victim"].tz = BRUSSELS

    def door(self, login="victim"):
        """Return a door at the present moment, as a page opens it."""
        return EmployeeDoor(self.env_of(login))

    def test_the_midnight_of_brussels(self):
        for day, before, at in MIDNIGHTS:
            self.set_right(valid_from=day)
            with self.subTest(day, moment=before), freeze_time(before):
                self.assertEqual(self.door()._answers()[0].answer.status, v.NOT_YET)
                with self.assertRaises(CaseworkError):
                    self.door().request(c.OWN_RIGHT, rule_id=self.rule.id)
            with self.subTest(day, moment=at), freeze_time(at):
                self.assertEqual(self.door().today, day)
                ref = self.door().request(c.OWN_RIGHT, rule_id=self.rule.id)
                self.assertEqual(self.row(ref, "month"), day.replace(day=1))
                self.assertEqual(self.traject(ref, "month_requested").day, 1)
                self.door().case(ref).withdraw()

    def test_half_past_eleven_at_night(self):
        """23:30 UTC is half past one in Brussels: the right of the next day is open."""
        day = date(2026, 7, 1)
        self.set_right(valid_from=day)
        with freeze_time("2026-06-30 23:30:00"):
            ref = self.door().request(c.OWN_RIGHT, rule_id=self.rule.id)
            self.assertEqual(self.row(ref, "month"), day)
            self.door().case(ref).withdraw()
            # The control: where it is still yesterday, it is not open.
            self.users["victim"].tz = "America/Paramaribo"
            with self.assertRaises(CaseworkError):
                self.door().request(c.OWN_RIGHT, rule_id=self.rule.id)

    def test_a_login_without_a_time_zone(self):
        """The zone of the employee's own record counts then."""
        self.users["victim"].tz = False
        self.people["victim"].resource_id.tz = BRUSSELS
        with freeze_time("2026-06-30 22:30:00"):
            self.assertEqual(self.door().today, date(2026, 7, 1))
            self.people["victim"].resource_id.tz = "UTC"
            self.assertEqual(self.door().today, date(2026, 6, 30))

    def test_the_last_day_ends_at_midnight(self):
        """A right that ends is there until the employee's own midnight."""
        self.set_right(valid_to=date(2026, 10, 25))
        with freeze_time("2026-10-25 22:59:59"):
            self.door().case(
                self.door().request(c.OWN_RIGHT, rule_id=self.rule.id)
            ).withdraw()
        with freeze_time("2026-10-25 23:00:00"), self.assertRaises(CaseworkError):
            self.door().request(c.OWN_RIGHT, rule_id=self.rule.id)

    def test_leaving_counts_in_the_own_day(self):
        self.set_right()
        with freeze_time("2026-06-15 09:00:00"):
            ref = self.door().request(c.OWN_RIGHT, rule_id=self.rule.id)
        self.people["victim"].version_id.contract_date_end = date(2026, 6, 30)
        for moment, stopped in (
            ("2026-06-30 21:59:59", False),
            ("2026-06-30 22:00:00", True),
        ):
            with self.subTest(moment), freeze_time(moment):
                self.assertEqual(bool(self.door().case(ref).view.stopped), stopped)

    def test_sessions_are_planned_by_the_clock_on_the_wall(self):
        with freeze_time(datetime(2026, 3, 29, 0, 30)):
            self.assertEqual(self.door().wall_now, datetime(2026, 3, 29, 1, 30))
        with freeze_time(datetime(2026, 3, 29, 1, 30)):
            self.assertEqual(self.door().wall_now, datetime(2026, 3, 29, 3, 30))
