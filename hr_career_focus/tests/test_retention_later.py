"""The code for after leaving: without an account, and nothing for anybody else."""

import base64
import io

import zxingcpp
from lxml import html
from PIL import Image

from odoo.tests import tagged

from ..casework import constants as c
from ..casework import deleting, followup, holds
from ..casework.errors import CaseworkError, NotYours
from ..casework.later import LaterDoor
from ..casework.opening import vault
from ..controllers.followup import TRIES, brake
from ..vault import grouped
from .common import NOW, CareerCase
from .page_case import FILE, PageCase
from .retention_case import OwnList

LATER = "/focus/later"


def public_env(env):
    return env(user=env.ref("base.public_user").id, su=False)


@tagged("post_install", "-at_install")
class TestLater(OwnList, CareerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ref = cls.make_aftercare()
        cls.code = followup.make(cls.employee_door().case(cls.ref))

    def door(self, code=None):
        return LaterDoor(public_env(self.env), code or self.code, now=NOW)

    def test_opens_the_own_case_only(self):
        self.make_request("colleague")
        self.assertEqual(self.door().case.view.ref, self.ref)
        for text in ("", None, "nonsense", grouped.new_code(), self.ref, "0" * 36):
            with self.assertRaises(NotYours):
                self.door(text or " ")

    def test_as_people_type_it(self):
        typed = self.code.lower().replace("-", "  ").replace("0", "o")
        self.assertEqual(self.door(typed).ref, self.ref)

    def test_neither_code_nor_case_is_in_the_table(self):
        """Nor can the row be laid beside the case by whoever has the database."""
        with vault(self.env) as inside:
            own_ref = inside[followup.FOLLOWUP].search([]).ref
        self.env.flush_all()
        self.env.cr.execute("SELECT t::text FROM hr_career_followup t")
        [[text]] = self.env.cr.fetchall()
        digits = grouped.read(self.code)
        for secret in (self.code, digits, self.ref):
            self.assertNotIn(secret, text.replace(own_ref, ""))

    def test_a_new_code_ends_the_one_before(self):
        newer = followup.make(self.employee_door().case(self.ref))
        with self.assertRaises(NotYours):
            self.door()
        self.assertTrue(self.door(newer).case.view)
        followup.stop(self.employee_door().case(self.ref))
        with self.assertRaises(NotYours):
            self.door(newer)

    def test_nobody_makes_a_code_for_another(self):
        with self.assertRaises(NotYours):
            followup.make(self.employee_door("colleague").case(self.ref))

    def test_it_works_when_the_login_is_gone(self):
        self.people["victim"].user_id = False
        self.people["victim"].unlink()
        self.users["victim"].unlink()
        case = self.door().case
        self.assertIn(self.canary, repr(case.view))
        case.tell(["study"], f"Well {self.canary}")
        self.assertEqual(len(self.door().case.outcomes), 2)

    def test_nothing_else_can_be_done(self):
        case = self.door().case
        for act in (
            lambda: case.write(c.MESSAGE, c.COACH, {"text": "Hello"}),
            lambda: case.write(c.NOTE, c.SELF, {"text": "Hello"}),
            lambda: case.set_phase("self", True),
            case.swap,
            case.withdraw,
        ):
            with self.assertRaises(CaseworkError):
                act()
        with self.assertRaises(CaseworkError):
            case.tell([], " ")

    def test_a_running_one_is_stopped_first(self):
        ref = self.make_request("colleague")
        code = followup.make(self.employee_door("colleague").case(ref))
        case = self.door(code).case
        with self.assertRaisesRegex(CaseworkError, "still running"):
            deleting.delete(case)
        case.withdraw()
        deleting.delete(case)
        with self.assertRaises(NotYours):
            self.door(code)

    def test_the_owner_sees_that_the_code_was_used(self):
        self.door()
        openings = self.employee_door().case(self.ref).view.openings
        self.assertIn("employee", {one.role for one in openings})

    def test_a_hold_counts_here_too(self):
        user = self.users["victim"]
        with vault(self.env) as inside:
            holds.Slip.create(
                inside[holds.HOLD],
                {
                    "company_id": self.company.id,
                    "owner_index": holds.blind(
                        holds.load_keyring(), holds.PURPOSE, user.id
                    ),
                },
                {"user": user.id, "reason": "A court", "state": holds.IN_FORCE},
            )
        with self.assertRaisesRegex(CaseworkError, "A court"):
            deleting.delete(self.door().case)


@tagged("post_install", "-at_install")
class TestLaterPages(OwnList, PageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ref = cls.make_aftercare()
        cls.code = followup.make(cls.employee_door().case(cls.ref))

    def setUp(self):
        super().setUp()
        brake.forget()
        self.addCleanup(brake.forget)

    def send_code(self, code, path=LATER, **data):
        tree = html.fromstring(self.get(LATER).text)
        return self.url_open(
            path,
            data={**self.form_values_of(tree), "code": code, **data},
            allow_redirects=False,
        )

    def form_values_of(self, tree):
        keys = tree.xpath("//form[@id='form-open']//input[@type='hidden']")
        return {one.get("name"): one.get("value") for one in keys}

    def test_without_an_account(self):
        response = self.send_code(self.code)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertIn("How is it going?", response.text)
        for name in (self.people["victim"].name, self.ref, self.canary):
            self.assertNotIn(name, response.text.replace(f"Yes {self.canary}", ""))
        response = self.send_code(
            self.code, do="tell", outcome="study", text="Going well"
        )
        self.assertIn("Going well", response.text)
        response = self.send_code(self.code, path=f"{LATER}/data", **{"as": "json"})
        self.assertIn("Going well", response.text)
        response = self.send_code(self.code, path=f"{LATER}/data", **{"as": "pdf"})
        self.assertEqual(response.content[:5], b"%PDF-")

    def test_wrong_is_like_ended(self):
        """One answer for a typing error, another code, and one that was ended."""
        answers = [self.send_code(text) for text in ("x", grouped.new_code())]
        followup.stop(self.employee_door().case(self.ref))
        answers.append(self.send_code(self.code))
        self.assertEqual({one.status_code for one in answers}, {404})
        texts = {self.without_once(one) for one in answers}
        self.assertEqual(len(texts), 1)
        for path in (f"{LATER}/data",):
            self.assertEqual(self.send_code(self.code, path).status_code, 404)

    def without_once(self, response):
        tree = html.fromstring(self.bare(response))
        for one in tree.xpath("//input[@name='once']"):
            one.getparent().remove(one)
        return html.tostring(tree)

    def test_the_code_is_in_no_address_and_log(self):
        with self.assertLogs(level="DEBUG") as logs:
            self.send_code(self.code)
        said = "\n".join(logs.output)
        self.assertIn(LATER, said)
        self.assertNotIn(self.code, said)

    def test_brake(self):
        for _try in range(TRIES):
            self.assertEqual(self.send_code("x").status_code, 404)
        self.assertEqual(self.send_code("x").status_code, 429)
        self.assertEqual(self.send_code(self.code).status_code, 429)
        brake.forget()
        self.assertEqual(self.send_code(self.code).status_code, 200)

    def test_delete_with_the_code(self):
        refused = self.send_code(self.code, do="delete")
        self.assertRefused(refused, "confirm")
        response = self.send_code(self.code, do="delete", confirm="yes")
        self.assertIn("Your certificate", response.text)
        self.assertEqual(self.trajects(), 0)
        self.assertEqual(self.send_code(self.code).status_code, 404)

    def test_code_is_shown_once(self):
        self.login("victim")
        tree = self.page(FILE % self.ref)
        keys = tree.xpath("//form[@id='form-make_code']//input[@type='hidden']")
        data = {one.get("name"): one.get("value") for one in keys}
        path = f"{FILE % self.ref}/later"
        response = self.url_open(path, data=data, allow_redirects=False)
        tree = html.fromstring(response.text)
        [code] = tree.xpath("//p[hasclass('o_cf_code_text')]/text()")
        self.assertIsNotNone(grouped.read(code))
        self.assertEqual(self.read_qr(tree).partition("#")[2], code)
        again = self.url_open(path, data=data, allow_redirects=False)
        self.assertEqual(again.status_code, 303)
        self.assertNotIn(code, self.get(FILE % self.ref).text)
        self.logout()
        self.assertEqual(self.send_code(code).status_code, 200)

    def read_qr(self, tree):
        """Read the picture as a telephone does."""

        [picture] = tree.xpath("//img[starts-with(@src, 'data:')]/@src")
        data = base64.b64decode(picture.partition(",")[2])
        [found] = zxingcpp.read_barcodes(Image.open(io.BytesIO(data)))
        return found.text
