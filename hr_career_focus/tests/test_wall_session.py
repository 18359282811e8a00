"""A key made in a coach's name is no coach: the guard wants a session of that login."""

from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import CareerCompany

TRAJECT = "hr.career.traject"
COACH = "other_coach"


@tagged("post_install", "-at_install")
class TestWallSession(CareerCompany, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_company()
        cls.make_active(coach=COACH)
        cls.key = cls.env_of(COACH)["res.users.apikeys"]._generate(
            "rpc", "key", fields.Datetime.now() + timedelta(hours=1)
        )

    def by_key(self, model):
        return self.url_open(
            f"/json/2/{model}/search_count",
            json={"domain": []},
            headers={"Authorization": f"Bearer {self.key}"},
        )

    def by_session(self, model):
        call = {"model": model, "method": "search_count", "args": [[]], "kwargs": {}}
        return self.url_open(
            f"/web/dataset/call_kw/{model}/search_count", json={"params": call}
        ).json()

    def test_a_key_alone_opens_nothing(self):
        """The coach of the case, by key and without a session: the one refusal."""
        with mute_logger("odoo.http"):
            answer = self.by_key(TRAJECT)
        self.assertEqual(answer.status_code, 403)
        self.assertIn("not yours to see", answer.json()["message"])

    def test_positive_control_the_key_works_elsewhere(self):
        answer = self.by_key("hr.career.coach")
        self.assertEqual(answer.status_code, 200)
        self.assertGreater(answer.json(), 0)

    def test_positive_control_the_session_works(self):
        self.authenticate(COACH, COACH.ljust(8, "x"))
        self.assertEqual(self.by_session(TRAJECT)["result"], 1)
