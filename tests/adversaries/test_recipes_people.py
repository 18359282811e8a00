"""Recipes 17 to 20, 39, 41 to 43, 49 and 50: other people at the pages."""

import statistics
import time

import attacks
from adversary_case import AdversaryCase

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.hr_career_focus.casework.errors import CaseworkError
from odoo.addons.hr_career_focus.tests.seal_case import PASSPHRASE


@tagged("post_install", "-at_install")
class TestPeople(AdversaryCase):
    def test_17_pages_of_another(self):
        """Each address of ours with V's reference, as everybody who is not in the case:
        the same answer as with a reference that does not exist."""
        for login in (*self.everyone, None):
            self.login(login)
            self.assertEqual(attacks.pages(self, []), [])
            for path in attacks.own_addresses(self.env, "REF"):
                if "REF" not in path:
                    continue
                mine = self.visit(path.replace("REF", self.ref))
                nobody = self.visit(path.replace("REF", "0" * 32))
                with self.subTest(login=login, path=path):
                    self.assertEqual(mine.status_code, nobody.status_code)
                    self.assertNotEqual(mine.status_code, 200)
                    self.assertEqual(
                        self.bare(mine).replace(self.ref, "0" * 32), self.bare(nobody)
                    )
                    self.assertEqual(self.page_leak(self.ref, mine.text), "")

    def test_17_references_nearby(self):
        """One digit off, numbers, nothing: one answer, also for V's own login."""
        altered = [
            self.ref[:place]
            + format(int(self.ref[place], 16) ^ 1, "x")
            + self.ref[place + 1 :]
            for place in (0, 15, 31)
        ]
        self.login("victim")
        self.assertEqual(self.visit(f"/my/focus/file/{self.ref}").status_code, 200)
        asked = (*altered, *map(str, range(0, 51, 7)), "a" * 33, "z" * 32)
        paths = [
            path for path in attacks.own_addresses(self.env, "REF") if "REF" in path
        ]
        self.assertGreater(len(paths), 3)
        for login in ("colleague", "victim", "coach"):
            self.login(login)
            for path in paths:
                answers = set()
                for one in asked:
                    answer = self.visit(path.replace("REF", one))
                    text = self.bare(answer).replace(path.replace("REF", one), "")
                    answers.add((answer.status_code, text))
                with self.subTest(login=login, path=path):
                    self.assertEqual(len(answers), 1)
                    self.assertNotIn(200, dict(answers))

    def test_18_no_token_opens_anything(self):
        self.login(None)
        token = "?access_token=x&hash=y&pid=1&token=z"
        for path in attacks.own_addresses(self.env, self.ref):
            answer = self.visit(path + token)
            self.assertEqual(self.page_leak(path, answer.text), "", path)
        for model in self.models:
            number = self.ids[model][0]
            thread = {"thread_model": model, "thread_id": number, "token": "x"}
            for path, params in (
                (f"/mail/view?model={model}&res_id={number}&access_token=x", None),
                ("/portal/chatter_init", thread),
                ("/mail/chatter_fetch", thread),
            ):
                text = self.visit(
                    path, json={"params": params} if params else None
                ).text
                self.assertEqual(self.leak(text, number), "", path)

    def test_19_colleague_of_the_same_parent_company(self):
        parent = self.env["res.partner"].create({"name": "Parent", "is_company": True})
        for login in ("victim", "colleague"):
            self.users[login].partner_id.parent_id = parent
        self.env.flush_all()
        self.assertEqual(attacks.pages(self, ["colleague"]), [])
        self.assertEqual(attacks.matrix(self, ["colleague"], ("search_read",)), [])
        self.assertTrue(attacks.pages(self, ["victim"]))

    def test_20_hr_binds_the_employee_to_itself(self):
        """HR takes V's employee, contact and e-mail: nothing of V's case comes along.

        V's own access is what it was, meanwhile and afterwards.
        """
        self.login("hr_manager")
        hr = self.users["hr_manager"]
        person = self.people["victim"]
        for values in (
            {"user_id": hr.id},
            {"work_contact_id": hr.partner_id.id},
            {"work_email": hr.email},
        ):
            self.call("hr.employee", "write", [[person.id], values])
        self.env.invalidate_all()
        self.assertEqual(attacks.pages(self, ["hr_manager"]), [])
        self.assertEqual(attacks.matrix(self, ["hr_manager"], ("search_read",)), [])
        self.assertEqual(person.user_id, hr)
        self.login("victim")
        self.assertIn(self.canary, self.visit(f"/my/focus/file/{self.ref}").text)
        self.login("hr_manager")
        values = {"user_id": self.users["victim"].id}
        self.call("hr.employee", "write", [[person.id], values])
        self.env.invalidate_all()
        self.assertEqual(attacks.pages(self, ["hr_manager"]), [])
        self.login("victim")
        self.assertIn(self.canary, self.visit(f"/my/focus/file/{self.ref}").text)

    def test_20_own_key_stays_with_who_asked(self):
        """HR takes V's employee: V still unlocks, and reads what own keys seal."""
        self.company.career_personal_seal = True
        key, file, text = "/my/focus/key", f"/my/focus/file/{self.ref}", "Own words"
        self.login("victim")
        self.send_well(key, "make", new=PASSPHRASE, repeat=PASSPHRASE)
        self.send_well(file, "note", title="", text=text)
        self.people["victim"].user_id = self.users["hr_manager"]
        self.env.flush_all()
        self.login("hr_manager")
        self.assertNotIn(text, self.visit(file).text)
        self.login("victim")
        self.assertNotIn(text, self.visit(file).text)
        self.send_well(key, "unlock", passphrase=PASSPHRASE)
        self.assertIn(text, self.visit(file).text)

    def test_20_administrator_swaps_the_contact(self):
        """The contact of V's login goes to another login: still nothing."""
        self.login("settings_admin")
        colleague, victim = self.users["colleague"], self.users["victim"]
        contacts = victim.partner_id.id, colleague.partner_id.id
        name = victim.partner_id.name
        self.env.cr.execute(
            "UPDATE res_users SET partner_id = CASE id WHEN %s THEN %s ELSE %s END"
            " WHERE id IN (%s, %s)",
            [victim.id, contacts[1], contacts[0], victim.id, colleague.id],
        )
        self.env.invalidate_all()
        # The name came along with the contact, to greet the colleague with.
        found = [
            one for one in attacks.pages(self, ["colleague"]) if one[2] not in name
        ]
        self.assertEqual(found, [])
        self.assertEqual(attacks.matrix(self, ["colleague"], ("search_read",)), [])

    def test_39_numbers_do_not_count(self):
        """No counter moves with a case, and no confidential id follows another."""
        before = self.counters()
        self.assertGreater(len(before["sequences"]), 3)
        self.make_whole_case("colleague")
        self.env.flush_all()
        self.assertEqual(self.counters(), before)
        # Positive control: a number that is drawn is seen.
        self.env["ir.sequence"].search([], limit=1).next_by_id()
        self.env.flush_all()
        self.assertNotEqual(self.counters(), before)
        for name in self.models:
            numbers = sorted(self.ids[name])
            self.assertGreater(max(numbers), 1000, name)
            if len(numbers) > 2:
                self.assertNotEqual(numbers[-1] - numbers[0], len(numbers) - 1, name)

    def counters(self):
        """Return where Odoo's sequences stand, and those of the confidential tables."""
        self.login("settings_admin")
        fields = ["code", "number_next_actual"]
        answer = self.call("ir.sequence", "search_read", [[], fields])
        return {
            "sequences": answer["result"],
            "tables": [
                self.env.execute_query(
                    SQL(
                        "SELECT last_value FROM %s",
                        SQL.identifier(f"{self.env[name]._table}_id_seq"),
                    )
                )
                for name in self.models
            ],
        }

    def test_41_other_company(self):
        """Roles of another company, whatever companies they put in the call."""
        both = (self.company + self.company_elsewhere).ids
        found = []
        for login in ("coach_elsewhere", "desk_elsewhere", "hr_elsewhere"):
            self.login(login)
            for model in self.models:
                for allowed in (both, self.company.ids, []):
                    answer = self.call(
                        model,
                        "search_read",
                        [[], ["ref"]],
                        {"context": {"allowed_company_ids": allowed}},
                    )
                    if self.given(answer):
                        found.append((login, model, allowed))
            for path in attacks.own_addresses(self.env, self.ref):
                joined = "-".join(map(str, both))
                answer = self.visit(path, cookies={"cids": joined})
                if self.page_leak(path, answer.text):
                    found.append((login, path))
        self.assertEqual(found, [])
        self.login("desk")
        answer = self.call("hr.career.traject", "search_read", [[], ["ref"]])
        self.assertTrue(self.given(answer))

    def test_42_coach_who_has_left_the_case(self):
        """V swaps coach: old addresses, numbers and references fail at once."""
        self.login("coach")
        path = f"/focus/coach/{self.ref}"
        self.assertIn(self.canary, self.visit(path).text)
        own = self.employee_door("victim", self.now).case(self.ref)
        own.swap()
        self.env.flush_all()
        self.assertEqual(self.visit(path).status_code, 404)
        self.assertEqual(attacks.pages(self, ["coach"]), [])
        self.login("coach")
        for model in self.models:
            answer = self.call(model, "search_read", [[], ["ref"]])
            self.assertFalse(self.given(answer), model)
            answer = self.call(model, "read", [self.ids[model], ["ref"]])
            self.assertIn("error", answer, model)

    def test_43_manager_cannot_be_the_coach(self):
        """Nor the manager of the manager: at the door, in the form, or by a call."""
        chief, coach = self.people["other_coach"], self.coaches["other_coach"]
        ref = self.make_request("colleague", self.now)
        path = f"/focus/desk/{ref}"
        for line in (self.people["colleague"], self.people["manager"]):
            self.people["colleague"].parent_id = self.people["manager"]
            line.parent_id = chief
            self.env.flush_all()
            desk = self.desk_door(now=self.now).case(ref)
            with self.assertRaises(CaseworkError):
                desk.assign(coach.id)
            self.login("desk")
            response = self.send(path, "assign", coach=str(coach.id))
            self.assertEqual(response.status_code, 422, line.name)
            (number,) = self.call("hr.career.traject", "search", [[("ref", "=", ref)]])[
                "result"
            ]
            for method, args in (
                ("write", [[number], {"coach_id": coach.id}]),
                ("load", [[".id", "coach_id/.id"], [[str(number), str(coach.id)]]]),
            ):
                answer = self.call("hr.career.traject", method, args)
                self.assertTrue(self.refused(answer), method)
        # Positive control: somebody outside the line is assigned in the same form.
        self.send_well(path, "assign", coach=str(self.coaches["coach"].id))

    def test_49_nothing_stays_in_the_browser(self):
        for login, path in (
            ("victim", "/my/focus"),
            ("victim", f"/my/focus/file/{self.ref}"),
            ("coach", "/focus/coach"),
            ("coach", f"/focus/coach/{self.ref}"),
            ("desk", "/focus/desk"),
            ("colleague", f"/my/focus/file/{self.ref}"),
            ("everything", "/focus/desk"),
        ):
            self.login(login)
            headers = self.visit(path).headers
            self.assertEqual(headers["Cache-Control"], "no-store", path)
            self.assertEqual(headers["Referrer-Policy"], "no-referrer", path)
        # Nor of any other page of ours that opens for somebody.
        opened = set()
        for login in ("victim", "coach", "desk", "privacy_officer", "works_council"):
            self.login(login)
            for path in attacks.own_addresses(self.env, self.ref):
                answer = self.visit(path)
                if answer.status_code == 200:
                    opened.add(path)
                    cached = answer.headers.get("Cache-Control")
                    self.assertEqual(cached, "no-store", (login, path))
        self.assertGreater(len(opened), 12, opened)
        # No page fetches its words by script, where a cache could keep them.
        self.login("victim")
        text = self.visit(f"/my/focus/file/{self.ref}").text
        self.assertNotIn("/web/content", text)
        self.assertNotIn("call_kw", text)

    def test_50_time_tells_nothing(self):
        """Forbidden and missing take as long: medians of 40, in turns.

        A busy machine may slow one of them down once; a difference comes back.
        """
        self.login("colleague")
        self.assertLess(min(self.times_apart() for _round in range(3)), 1.5)

    def times_apart(self):
        """Return how many times as long the slower of the two takes."""
        times = {self.ref: [], "0" * 32: []}
        for turn in range(44):
            for ref, spent in times.items():
                started = time.perf_counter()
                self.visit(f"/my/focus/file/{ref}")
                if turn > 3:
                    spent.append(time.perf_counter() - started)
        one, other = (statistics.median(spent) for spent in times.values())
        return max(one, other) / min(one, other)
