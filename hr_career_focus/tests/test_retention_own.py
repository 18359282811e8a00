"""Own data and deleting: at the door, and on the pages."""

import json
import resource

from lxml import html

from odoo.tests import tagged

from ..casework import certificate, deleting, own_data
from ..casework import constants as c
from ..casework.errors import CaseworkError, NotYours
from ..casework.opening import TRAJECT, Dossier, find, vault
from ..vault import purged, sealing
from ..vault.errors import PurgeListUnusable, Unsealable
from ..vault.inventory import vault_models
from ..vault.keyring import load_keyring
from .common import CareerCase
from .page_case import FILE, HOME, PageCase
from .retention_case import OwnList


@tagged("post_install", "-at_install")
class TestOwnData(OwnList, CareerCase):
    def collect(self, login="victim", ref=None):
        return own_data.collect(self.employee_door(login).case(ref or self.ref))

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ref = cls.make_aftercare(question=f"May I? {cls.canary}")
        door = cls.employee_door()
        door.case(cls.ref).write(c.NOTE, c.SELF, {"text": f"Mine {cls.canary}"})
        gone = door.case(cls.ref).write(c.NOTE, c.SELF, {"text": "Second thoughts"})
        door.case(cls.ref).remove(gone)
        door.remind("somebody@elsewhere.test", 3)
        cls.coach_door().case(cls.ref).view

    def test_everything_the_employee_may_see(self):
        data = json.loads(json.dumps(self.collect()))
        self.assertEqual((data["format"], data["version"]), (own_data.FORMAT, 1))
        texts = {}
        for text in data["texts"]:
            texts.setdefault(text["kind"], []).append(text)
        self.assertLessEqual(
            {c.WISHES, c.MESSAGE, c.AGREEMENT, c.SESSION, c.NOTE, c.OUTCOME}, set(texts)
        )
        self.assertEqual(
            [bool(note["removed_on"]) for note in texts[c.NOTE]], [False, True]
        )
        self.assertGreaterEqual(json.dumps(data).count(self.canary), 4)
        self.assertEqual(data["case"]["coach"], self.coaches["coach"].name)
        self.assertEqual(data["locked_texts"], 0)
        [used] = data["rights_used"]
        self.assertEqual(
            (used["right"], float(used["quantity"]), used["month"]),
            ("Career traject", 1000, "2026-06"),
        )
        roles = {one["role"] for one in data["openings"]}
        self.assertEqual(roles, {"coach", "desk"})
        self.assertEqual(data["reminder"]["address"], "somebody@elsewhere.test")

    def test_every_entry_is_in_it(self):
        """Nothing that the case holds is forgotten, of whatever kind."""
        with vault(self.env) as inside:
            rows = inside["hr.career.entry"].search([])
            kinds = sorted(rows.mapped("kind"))
        data = self.collect()
        self.assertEqual(sorted(text["kind"] for text in data["texts"]), kinds)

    def test_own_only(self):
        with self.assertRaises(NotYours):
            self.collect("colleague")
        self.assertTrue(self.collect("victim"))

    def test_delete_leaves_the_fact_alone(self):
        """Every row of the case goes; the right stays used, for the employee too."""
        with vault(self.env) as inside:
            entries = inside["hr.career.entry"].search([]).ids
        before = [right.left for right in self.employee_door().rights()]
        erased = deleting.delete(self.employee_door().case(self.ref))
        self.assertEqual(sum(number for _kind, number in erased.kinds), len(entries))
        self.assertTrue(erased.keeps_right)
        left = {}
        with vault(self.env) as inside:
            for name in vault_models(self.env):
                left[name] = inside[name].search([])
            self.assertFalse(left[TRAJECT])
            self.assertFalse(left["hr.career.entry"])
            [row] = left["hr.career.right.use"]
            self.assertFalse(row.traject_id)
        self.env.invalidate_all()
        self.assertEqual(
            [right.left for right in self.employee_door().rights()], before
        )
        self.assertFalse(self.employee_door().past())
        with self.assertRaises(NotYours):
            self.employee_door().case(self.ref)

    def test_use_still_counts_for_the_own_login_only(self):
        """A relinked login reads no earlier use; the desk still does (positive)."""
        deleting.delete(self.employee_door().case(self.ref))
        [right] = self.employee_door().rights()
        self.assertFalse(right.can_request)
        self.people["victim"].user_id = self.make_user("relinked", "base.group_portal")
        self.users["relinked"] = self.people["victim"].user_id
        [right] = self.employee_door("relinked").rights()
        self.assertTrue(right.can_request)
        ref = self.make_request("relinked")
        with vault(self.env) as inside:
            self.assertTrue(find(inside, ref, []).is_undecided)

    def test_next_use_finds_a_place_beside_a_gap(self):
        """What was given back is deleted; the next request still gets a place."""
        for _turn in range(3):
            ref = self.make_request("colleague")
            self.employee_door("colleague").case(ref).withdraw()
        with vault(self.env) as inside:
            rows = inside["hr.career.right.use"].search([("state", "=", c.RETURNED)])
            rows.sorted("place")[0].unlink()
        self.assertTrue(self.make_request("colleague"))

    def test_running_is_not_deleted(self):
        ref = self.make_request("colleague")
        case = self.employee_door("colleague").case(ref)
        with self.assertRaisesRegex(CaseworkError, "still running"):
            deleting.delete(case)
        case.withdraw()
        erased = deleting.delete(case)
        self.assertFalse(erased.keeps_right)
        with vault(self.env) as inside:
            self.assertEqual(inside[TRAJECT].search([]).ref, self.ref)
            self.assertEqual(inside["hr.career.right.use"].search_count([]), 1)

    def test_somebody_else_deletes_nothing(self):
        with self.assertRaises(NotYours):
            deleting.delete(self.employee_door("colleague").case(self.ref))
        self.assertTrue(self.collect())

    def test_certificate(self):
        erased = deleting.delete(self.employee_door().case(self.ref))
        self.assertTrue(certificate.check(certificate.number_of(erased.mark)))
        self.assertFalse(certificate.check("0" * 64))
        user = self.users["victim"].id
        carried = certificate.sealed(erased, user)
        self.assertEqual(certificate.opened(carried, user), erased)
        with self.assertRaises(NotYours):
            certificate.opened(carried, self.users["colleague"].id)
        with self.assertRaises(NotYours):
            certificate.opened("nonsense", user)

    def test_a_row_put_back_does_not_open(self):
        """As after a restored backup: the same row, with its envelope."""
        with vault(self.env) as inside:
            row = find(inside, self.ref, [])
            kept = row.read(["envelope", "identity", "owner_index"])[0]
            self.assertTrue(Dossier(row).identity)
        deleting.delete(self.employee_door().case(self.ref))
        with vault(self.env) as inside:
            back = inside[TRAJECT].create(
                {
                    "ref": self.ref,
                    "company_id": self.company.id,
                    "kind": c.OWN_RIGHT,
                    "state": c.AFTERCARE,
                    "month_requested": "2026-06-01",
                    **{name: kept[name] for name in kept if name != "id"},
                }
            )
            ring = load_keyring()
            # The control: the envelope itself still opens.
            self.assertTrue(sealing.unwrap(ring, back.envelope, self.ref))
            with self.assertRaises(Unsealable):
                Dossier(back)
        with self.assertRaises(NotYours):
            self.collect()

    def test_list_that_cannot_be_written_deletes_nothing(self):
        self.list_path.unlink()
        self.list_path.mkdir()
        with self.assertRaises(CaseworkError):
            deleting.delete(self.employee_door().case(self.ref))
        self.list_path.rmdir()
        self.assertTrue(self.collect())

    def test_failed_after_the_list_was_written(self):
        """On the list and still there: it opens for nobody, and again deletes it."""
        case = self.employee_door().case(self.ref)
        other = self.make_intake("colleague")
        purged.add(load_keyring(), [self.ref])
        with self.assertRaises(NotYours):
            self.collect()
        # The lists of everybody else go on without it.
        self.assertFalse(self.employee_door().past())
        self.assertEqual([one.ref for one in self.coach_door().cases()], [other])
        self.assertTrue(self.desk_door().inbox())
        self.assertTrue(deleting.delete(case).mark)
        with vault(self.env) as inside:
            self.assertEqual(inside[TRAJECT].search([]).ref, other)

    def test_list_open_to_others_is_refused(self):
        purged.add(load_keyring(), ["a" * 32])
        self.assertEqual(self.list_path.stat().st_mode & 0o777, 0o600)
        self.list_path.chmod(0o666)
        with self.assertRaises(PurgeListUnusable):
            purged.is_listed(load_keyring(), "a" * 32)
        self.list_path.chmod(0o600)
        self.assertTrue(purged.is_listed(load_keyring(), "a" * 32))

    def test_without_the_list_nothing_is_deleted(self):
        """Made once, at install: a list that is gone must not begin anew unseen."""
        purged.require()
        self.list_path.unlink()
        with self.assertRaises(PurgeListUnusable):
            purged.require()
        with self.assertRaisesRegex(CaseworkError, "purge list is missing"):
            deleting.delete(self.employee_door().case(self.ref))
        self.assertTrue(self.collect())
        self.assertFalse(self.list_path.exists())
        self.assertTrue(purged.ensure_list())
        self.assertFalse(purged.ensure_list())
        self.assertEqual(self.list_path.stat().st_mode & 0o777, 0o600)
        self.assertTrue(deleting.delete(self.employee_door().case(self.ref)).mark)
        with self.assertRaises(NotYours):
            self.collect()

    def test_a_full_disk_is_no_deletion(self):
        """The system took a part of the line only, as on a full disk."""
        ring = load_keyring()
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, limits[1]))
        try:
            with self.assertRaises(PurgeListUnusable):
                purged.add(ring, ["a" * 32])
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        self.assertEqual(self.list_path.stat().st_size, 10)
        self.assertFalse(purged.is_listed(ring, "a" * 32))
        purged.add(ring, ["a" * 32])
        self.assertTrue(purged.is_listed(ring, "a" * 32))

    def test_a_torn_line_spoils_nothing(self):
        ring = load_keyring()
        purged.add(ring, ["a" * 32])
        with self.list_path.open("a") as stream:
            stream.write("0123")
        purged.add(ring, ["b" * 32])
        self.assertTrue(purged.is_listed(ring, "a" * 32))
        self.assertTrue(purged.is_listed(ring, "b" * 32))
        self.assertEqual(len(purged.marks()), 2)


@tagged("post_install", "-at_install")
class TestOwnDataPages(OwnList, PageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ref = cls.make_aftercare()
        cls.employee_door().case(cls.ref).write(
            c.NOTE, c.SELF, {"title": "Één ding", "text": f"Mine {cls.canary}"}
        )

    def post(self, path, **data):
        tree = self.page(FILE % self.ref)
        keys = tree.xpath("//form[@id='form-data']//input[@type='hidden']")
        data = {**{one.get("name"): one.get("value") for one in keys}, **data}
        return self.url_open(path, data=data, allow_redirects=False)

    def test_json(self):
        self.login("victim")
        response = self.post(f"{FILE % self.ref}/data", **{"as": "json"})
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertIn("attachment", response.headers["Content-Disposition"])
        self.assertIn(self.canary, repr(response.json()["texts"]))

    def test_others_get_the_one_answer(self):
        self.login("victim")
        self.assertEqual(
            self.post(f"{FILE % self.ref}/data", **{"as": "json"}).status_code, 200
        )
        for login in ("colleague", "coach", "hr_manager", "settings_admin"):
            self.login(login)
            for what in ("data", "delete"):
                self.assertMissing(f"{FILE % self.ref}/{what}", confirm="yes")
        self.assertEqual(self.state(self.ref), c.AFTERCARE)

    def test_delete_and_certificate(self):
        self.login("victim")
        path = f"{FILE % self.ref}/delete"
        self.assertRefused(self.post(path), "confirm")
        self.assertEqual(self.trajects(), 1)
        response = self.post(path, confirm="yes")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertIn("Your certificate", response.text)
        self.assertNotIn(self.ref, response.text)
        self.assertEqual(self.trajects(), 0)
        self.assertMissing(FILE % self.ref)
        tree = html.fromstring(response.text)
        keys = tree.xpath("//form[@action='/my/focus/certificate']//input")
        data = {one.get("name"): one.get("value") for one in keys}
        answer = self.url_open("/my/focus/certificate", data={**data, "as": "text"})
        self.assertIn("Deleted for good", answer.text)
        answer = self.url_open("/my/focus/certificate", data={**data, "as": "pdf"})
        self.assertEqual(answer.content[:5], b"%PDF-")
        self.login("colleague")
        self.assertMissing("/my/focus/certificate", certificate=data["certificate"])

    def test_pressing_twice_deletes_once(self):
        self.login("victim")
        tree = self.page(FILE % self.ref)
        keys = tree.xpath("//form[@id='form-delete']//input[@type='hidden']")
        data = {one.get("name"): one.get("value") for one in keys}
        data["confirm"] = "yes"
        path = f"{FILE % self.ref}/delete"
        first = self.url_open(path, data=data, allow_redirects=False)
        second = self.url_open(path, data=data, allow_redirects=False)
        self.assertEqual((first.status_code, second.status_code), (200, 303))
        self.assertTrue(second.headers["Location"].endswith(HOME))
