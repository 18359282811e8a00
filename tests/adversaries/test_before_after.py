"""The second crawler: outsiders read the same before and after a complete traject."""

from mailbox import mailbox, send_queue

import crawl
from adversary_case import AdversaryCase

from odoo.tests import tagged

#: The login with every right there is, one with none, and a colleague in the portal.
READERS = ("everything", "manager", "colleague")
#: Fields that follow the clock or the mere presence of the reader.
OF_THE_CLOCK = {
    "im_status",
    "last_activity",
    "last_activity_time",
    "login_date",
    "hr_presence_state",
    "hr_icon_display",
    "show_hr_icon_display",
    "last_seen_dt",
}


@tagged("post_install", "-at_install")
class TestBeforeAfter(AdversaryCase):
    maxDiff = 8000

    def read_all(self, login):
        """Return ``{model: {id: row}}`` of all that a login reads."""
        self.login(login)
        found = {}
        for model in crawl.open_models(self):
            rows = crawl.readable_rows(self, model)
            for row in rows.values():
                for name in OF_THE_CLOCK & set(row):
                    del row[name]
            if rows:
                found[model] = rows
        return found

    def differences(self, before, after):
        """Yield what one reading has and the other has not, value by value."""
        for model in sorted(set(before) | set(after)):
            old, new = before.get(model, {}), after.get(model, {})
            for number in sorted(set(old) | set(new)):
                was, now = old.get(number, {}), new.get(number, {})
                for name in sorted(set(was) | set(now)):
                    values = was.get(name, "no row"), now.get(name, "no row")
                    if values[0] != values[1]:
                        yield (model, name, number, *(str(one)[:99] for one in values))

    def fields_that_differ(self, before, after):
        return {
            (model, name) for model, name, *_rest in self.differences(before, after)
        }

    def telling(self, before, after):
        """Return the differences that are not restless by themselves."""
        return [
            one
            for one in self.differences(before, after)
            if one[:2] not in self.restless
        ]

    def whole_traject(self):
        """Let the colleague do all there is to do, with the mails that go out."""
        ref = self.make_whole_case("colleague", close=True)
        with mailbox(self.env) as received:
            send_queue(self.env)
        self.assertTrue(received)
        self.env.flush_all()
        self._secrets = None
        return ref

    def test_nothing_has_changed_for_anyone(self):
        # What moves when nothing happens (sample figures, for one) tells nothing.
        # Nor does what a reader's first visit leaves: who sees most reads last.
        before = {login: self.read_all(login) for login in reversed(READERS)}
        first, before[READERS[0]] = before[READERS[0]], self.read_all(READERS[0])
        self.restless = self.fields_that_differ(first, before[READERS[0]])
        self.assertLess(len(self.restless), 10, self.restless)
        ref = self.whole_traject()
        self.assertIn(ref, self.secrets())
        for login in READERS:
            after = self.read_all(login)
            with self.subTest(login):
                self.assertGreater(len(after), 3)
                self.assertEqual(self.telling(before[login], after), [])
                self.assertEqual(
                    [model for model in after if self.leak(after[model])], []
                )

    def choices(self):
        """Return what grouping, ordering and offering choices give, field by field."""
        model, found = "hr.employee", {}
        everybody = self.call(model, "search", [[]])["result"]
        self.assertGreater(len(everybody), 3)
        fields = self.call(model, "fields_get", [], {"attributes": ["type"]})["result"]
        for name in sorted(set(fields) - OF_THE_CLOCK):
            for method, values in (
                ("formatted_read_group", [[], [name], ["__count"]]),
                ("search", [[["id", "in", everybody]], 0, None, name]),
                ("search_panel_select_range", [name]),
            ):
                answer = self.call(model, method, values)
                found[f"{name} {method}"] = answer.get("result", "refused")
        return found

    def test_8_groups_order_and_choices_of_employees(self):
        """As HR, for each field of an employee; a changed title is seen (control)."""
        self.login("hr_manager")
        before = self.choices()
        given = [one for one in before.values() if one != "refused"]
        self.assertGreater(len(given), 100)
        self.whole_traject()
        self.login("hr_manager")
        self.assertEqual(self.choices(), before)
        self.people["colleague"].job_title = "Someone else"
        self.env.flush_all()
        self.assertNotEqual(self.choices(), before)

    def test_the_comparison_sees_a_change(self):
        """Positive control: one line of chatter on the employee is seen."""
        self.restless = set()
        self.login("everything")
        models = ("mail.message", "hr.employee")
        before = {name: crawl.readable_rows(self, name) for name in models}
        self.people["colleague"].message_post(body="Asked for something")
        after = {name: crawl.readable_rows(self, name) for name in models}
        changed = {model for model, *_rest in self.telling(before, after)}
        self.assertEqual(changed, set(models))
