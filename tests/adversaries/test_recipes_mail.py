"""Recipes 10 to 15, 34 to 36 and 44: chatter, mail, files, calendar, reports, bus."""

from mailbox import mailbox, send_queue

import attacks
import crawl
from adversary_case import AdversaryCase

from odoo.tests import tagged
from odoo.tools import SQL

#: Where Odoo keeps what is said about records, and the field that names the record.
AROUND = {
    "mail.followers": "res_model",
    "mail.message": "model",
    "mail.activity": "res_model",
    "mail.scheduled.message": "model",
    "mail.mail": "model",
    "ir.attachment": "res_model",
    "calendar.event": "res_model",
    "rating.rating": "res_model",
    "ir.model.data": "model",
    "ir.filters": "model_id",
    "ir.exports": "resource",
    "ir.actions.report": "model",
}


@tagged("post_install", "-at_install")
class TestMail(AdversaryCase):
    def test_10_nothing_is_about_a_confidential_record(self):
        """As every internal reader, and in the tables themselves."""
        for login in self.internal():
            self.login(login)
            for model, field in AROUND.items():
                answer = self.call(model, "search_read", [[(field, "in", self.models)]])
                self.assertFalse(self.given(answer), (login, model))
        for model, field in AROUND.items():
            found = self.env[model].sudo().search([(field, "in", self.models)])
            self.assertFalse(found, model)
        # Positive control: the same question about people finds messages.
        self.people["victim"].message_post(body="Welcome")
        self.login("everything")
        answer = self.call(
            "mail.message", "search_count", [[("model", "=", "hr.employee")]]
        )
        self.assertGreater(answer["result"], 0)

    def test_10_unfiltered(self):
        for login in ("manager", "contact_manager", "settings_admin"):
            self.login(login)
            for model in (*AROUND, "mail.notification", "mail.tracking.value"):
                rows = crawl.readable_rows(self, model)
                self.assertEqual(self.leak(rows), "", (login, model))

    def test_12_mail_while_it_waits(self):
        """An administrator who reads the queue learns an address, and nothing else."""
        self.make_whole_case("colleague")
        self.env.flush_all()
        self.login("everything")
        rows = crawl.readable_rows(self, "mail.mail")
        self.assertTrue(rows)
        for row in rows.values():
            self.assertFalse(row.get("model") or row.get("res_id"), row)
            text = f"{row.get('subject')} {row.get('body_html')} {row.get('headers')}"
            for word in ("coach", "career", "loopbaan", "traject", "token", self.ref):
                self.assertNotIn(word, text.lower())
        with mailbox(self.env) as received:
            send_queue(self.env)
        self.assertTrue(received)
        bodies = set()
        for _to, message in received:
            self.assertNotIn("X-Odoo-Objects", message)
            headers = [
                f"{name}: {value}".lower()
                for name, value in message.items()
                if name not in ("To", "Delivered-To", "X-RcptTo")
            ]
            for word in ("coach", "career", "loopbaan", "traject", "token", "focus"):
                self.assertFalse([one for one in headers if word in one], word)
            whole = message.as_string()
            self.assertEqual(self.leak(whole, self.address), "")
            for coach in self.coaches.values():
                self.assertNotIn(coach.name, whole)
            bodies.add((message["Subject"], self.text_of(message)))
        # The same words to everybody, whatever it is about.
        self.assertEqual(len(bodies), 1, bodies)
        for _to, message in received:
            # Odoo puts the model and the number of a record where "private" stands.
            self.assertIn("-openerp-private@", message["Message-Id"])
        self.assertFalse(self.env["mail.mail"].search([("state", "=", "sent")]))

    def text_of(self, message):
        """Return what a mail says, all its parts."""
        return tuple(
            part.get_payload(decode=True)
            for part in message.walk()
            if part.get_content_maintype() == "text"
        )

    def test_13_nobody_is_added_as_a_reader(self):
        """A coach who names somebody else in a form adds nobody."""
        with mailbox(self.env):
            send_queue(self.env)
        target = self.users["manager"]
        self.login("coach")
        self.send_well(
            f"/focus/coach/{self.ref}",
            "message",
            text=f"Look, @manager {self.canary}",
            partner_ids=str(target.partner_id.id),
            recipient_ids=str(target.partner_id.id),
            email_to=target.email,
            email_cc=target.email,
            audience="desk",
        )
        with mailbox(self.env) as received:
            send_queue(self.env)
        # Positive control: the employee is told.
        readers = [to for tos, _message in received for to in tos]
        self.assertEqual(readers, [self.address])
        self.env.invalidate_all()
        self.login("manager")
        for model in ("mail.message", "mail.notification", "mail.followers"):
            self.assertEqual(self.leak(crawl.readable_rows(self, model)), "", model)
        self.assertEqual(attacks.pages(self, ["manager"]), [])

    def test_13_and_14_no_chatter_no_activity(self):
        """No confidential model is a thread, and nobody can hang one on it."""
        for name in self.models:
            names = {
                one._name
                for one in type(self.env[name]).__mro__
                if hasattr(one, "_name")
            }
            self.assertFalse(
                names & {"mail.thread", "mail.activity.mixin", "portal.mixin"}
            )
        number = self.ids["hr.career.entry"][0]
        model = "hr.career.entry"
        for login in ("coach", "manager", "everything"):
            self.login(login)
            target = self.users["manager"]
            for called, method, args, kwargs in (
                (
                    "mail.activity",
                    "create",
                    [
                        [
                            {
                                "res_model_id": self.env["ir.model"]._get_id(model),
                                "res_id": number,
                                "user_id": target.id,
                            }
                        ]
                    ],
                    {},
                ),
                (
                    "mail.followers",
                    "create",
                    [
                        [
                            {
                                "res_model": model,
                                "res_id": number,
                                "partner_id": target.partner_id.id,
                            }
                        ]
                    ],
                    {},
                ),
                (
                    "mail.message",
                    "create",
                    [
                        [
                            {
                                "model": model,
                                "res_id": number,
                                "body": "x",
                                "partner_ids": target.partner_id.ids,
                            }
                        ]
                    ],
                    {},
                ),
                (model, "message_post", [[number]], {"body": "x"}),
                (model, "message_subscribe", [[number]], {"partner_ids": [1]}),
                (model, "activity_schedule", [[number]], {}),
            ):
                answer = self.call(called, method, args, kwargs)
                self.assertIn("error", answer, (login, called, method))
        # Positive control: the same activity on an open record is made.
        answer = self.call(
            "mail.activity",
            "create",
            [
                [
                    {
                        "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                        "res_id": target.partner_id.id,
                        "user_id": target.id,
                    }
                ]
            ],
        )
        self.assertIn("result", answer)

    def test_15_files(self):
        """No page of ours keeps a file; one cannot be hung on a confidential record."""
        Attachment = self.env["ir.attachment"].sudo()
        orphans = [("res_id", "in", (0, False)), ("res_model", "!=", False)]
        before = Attachment.search_count(orphans), Attachment.search_count([])
        self.login("victim")
        path = f"/my/focus/file/{self.ref}"
        tree = self.page(path)
        last = self.newest_file()
        values = self.form_values(tree, "note")
        title = f"With a file {self.canary}"
        answer = self.visit(
            path,
            data={**values, "text": "x", "title": title},
            files={
                name: (f"secret-{self.canary}.txt", self.canary.encode(), "text/plain")
                for name in ("upload", "attachment", "file")
            },
        )
        # Positive control: the form was taken, and what it says is on the page.
        self.assertEqual(answer.status_code, 303)
        self.assertIn(title, self.visit(path).text)
        self.assertNotIn("secret-", self.visit(path).text)
        self.env.invalidate_all()
        after = Attachment.search_count(orphans), Attachment.search_count([])
        self.assertEqual(self.newest_file(), last)
        self.assertEqual(before, after)
        for field in ("name", "index_content", "description", "url"):
            found = Attachment.search([(field, "ilike", self.canary)])
            self.assertFalse(found, field)
        for login in ("settings_admin", None):
            self.login(login)
            for number in range(last + 1, last + 6):
                for address in (f"/web/content/{number}", f"/web/image/{number}"):
                    answer = self.visit(address + "?download=1")
                    self.assertEqual(self.leak(answer.text), "", address)
                    if "content" in address:
                        self.assertEqual(answer.status_code, 404, address)
        # Positive control: an open file with the next number is given.
        self.login("settings_admin")
        values = {"name": "open.txt", "raw": "aGVsbG8="}
        (number,) = self.call("ir.attachment", "create", [[values]])["result"]
        self.assertEqual(self.visit(f"/web/content/{number}").status_code, 200)
        self.login("everything")
        answer = self.call(
            "ir.attachment",
            "create",
            [
                [
                    {
                        "name": "x",
                        "res_model": "hr.career.entry",
                        "res_id": self.ids["hr.career.entry"][0],
                        "datas": "eA==",
                    }
                ]
            ],
        )
        self.assertIn("error", answer)

    def newest_file(self):
        """Return the highest number of a file, hidden ones too."""
        return self.env.execute_query(SQL("SELECT max(id) FROM ir_attachment"))[0][0]

    def test_34_privacy_lookup_and_recycle(self):
        """Odoo's own tools for finding people and old records find no case."""
        self.login("settings_admin")
        victim = self.users["victim"]
        wizard = self.call(
            "privacy.lookup.wizard",
            "create",
            [
                [
                    {
                        "name": victim.name,
                        "email": victim.email,
                    }
                ]
            ],
        )["result"]
        self.call("privacy.lookup.wizard", "action_lookup", [wizard])
        lines = self.env["privacy.lookup.wizard.line"].sudo().search([])
        self.assertTrue(lines)  # Positive control: the contact and the login are found.
        self.assertFalse(set(lines.mapped("res_model")) & set(self.models))
        for model in self.models:
            model_id = self.env["ir.model"]._get_id(model)
            answer = self.call(
                "data_recycle.model",
                "create",
                [
                    [
                        {
                            "name": "x",
                            "res_model_id": model_id,
                        }
                    ]
                ],
            )
            self.assertIn("error", answer)
            answer = self.call("ir.model", "read", [[model_id], ["count"]])
            self.assertEqual(answer["result"][0]["count"], 0)

    def test_35_bus(self):
        """A whole case is played while others listen on every channel they can name."""
        channels = ["hr_career_focus", "broadcast", *self.models]
        for login in ("victim", "coach", "desk"):
            channels.append(f"res.partner_{self.users[login].partner_id.id}")
            channels.append(f"res_partner_{self.users[login].partner_id.id}")
        self.make_whole_case("colleague")
        self.env.flush_all()
        self.env.cr.precommit.run()
        for login in (None, "manager", "settings_admin", "other_coach"):
            self.login(login)
            answer = self.visit(
                "/websocket/peek_notifications",
                json={
                    "params": {"channels": channels, "last": 0, "is_first_poll": True}
                },
            )
            self.assertEqual(self.leak(answer.text), "")
        # Positive control: what is sent to one of these channels is heard by anybody.
        self.env["bus.bus"]._sendone("hr_career_focus", "x", {"hello": "out there"})
        self.env.cr.precommit.run()
        self.login(None)
        answer = self.visit(
            "/websocket/peek_notifications",
            json={"params": {"channels": channels, "last": 0, "is_first_poll": True}},
        )
        self.assertIn("out there", answer.text)
        rows = self.env["bus.bus"].sudo().search([]).mapped("message")
        self.assertEqual(self.leak(rows), "")

    def test_36_calendar(self):
        """An appointment of a case is in nobody's calendar."""
        victim = self.users["victim"].partner_id
        self.assertEqual(victim.meeting_count, 0)
        for login in ("manager", "hr_officer", "everything"):
            self.login(login)
            for model, domain in (
                ("calendar.event", [("partner_ids", "in", victim.ids)]),
                ("calendar.event", [("name", "ilike", self.canary)]),
                ("calendar.event", [("res_model", "in", self.models)]),
                ("calendar.attendee", [("partner_id", "=", victim.id)]),
                ("resource.calendar.leaves", [("name", "ilike", self.canary)]),
            ):
                answer = self.call(model, "search", [domain])
                self.assertEqual(answer.get("result") or [], [], (login, model))
        # Positive control: an ordinary meeting of the same person is found.
        self.env["calendar.event"].create(
            {
                "name": "Open meeting",
                "partner_ids": victim.ids,
                "start": "2026-01-01",
                "stop": "2026-01-01",
            }
        )
        answer = self.call(
            "calendar.event", "search", [[("partner_ids", "in", victim.ids)]]
        )
        self.assertTrue(answer["result"])

    def test_44_reports(self):
        """Every report there is, printed of every confidential record."""
        reports = self.env["ir.actions.report"].sudo().search([])
        self.assertFalse(set(reports.mapped("model")) & set(self.models))
        names = reports.mapped("report_name")
        self.assertGreater(len(names), 10)
        found = []
        for login in ("everything", "colleague", "other_coach"):
            self.login(login)
            for turn, name in enumerate(names):
                # By turns, so that every model meets reports of every kind.
                for model in (self.models * 2)[turn % len(self.models) :][:3]:
                    for kind in ("html", "text"):
                        path = f"/report/{kind}/{name}/{self.ids[model][0]}"
                        text = self.visit(path).text.replace(path, "")
                        if leak := self.leak(text, self.ids[model][0]):
                            found.append((login, path, leak))
        self.assertEqual(found, [])
        self.assertTrue(attacks.own_addresses(self.env, self.ref))
