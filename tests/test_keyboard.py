"""Real pages in a real browser: the keyboard alone, a phone, an expired session."""

import shutil

from playwright.sync_api import sync_playwright

from odoo.tests import tagged

from odoo.addons.hr_career_focus.casework import EmployeeDoor
from odoo.addons.hr_career_focus.tests.page_case import FILE, HOME, START, PageCase

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
MOST_TABS = 90

#: Fields without a name a screen reader can say.
NAMELESS = """() => [...document.querySelectorAll(
    ".o_cf input:not([type=hidden]), .o_cf textarea, .o_cf select, .o_cf button"
)].filter((el) => !(
    el.labels?.length ? [...el.labels].some((one) => one.textContent.trim())
    : el.textContent.trim() || el.getAttribute("aria-label")
)).map((el) => el.outerHTML.slice(0, 120))"""

#: How far to the right the page reaches, also where it is cut off.
WIDEST = """() => Math.max(
    document.documentElement.scrollWidth,
    ...[...document.querySelectorAll(".o_cf *, .o_cf_header *, .o_cf_footer *")]
        .filter((el) => el.checkVisibility())
        .filter((el) => !el.closest(".visually-hidden, .o_cf_skip"))
        .map((el) => Math.floor(el.getBoundingClientRect().right))
)"""

#: Buttons, links and fields too small for a finger; text links inside a line may be.
SMALL = """() => [...document.querySelectorAll(
    ".o_cf_btn, .o_cf_leave, .o_cf_nav a, .o_cf_phases button, .o_cf summary, " +
    ".o_cf select, .o_cf textarea, .o_cf input[type=text]"
)].filter((el) => el.checkVisibility() && el.getBoundingClientRect().height < 43.5
).map((el) => el.outerHTML.slice(0, 120))"""

#: Texts with less contrast than WCAG AA asks for (4.5, large text 3).
PALE = """() => {
    const channels = (color) => (color.match(/[\\d.]+/g) || []).map(Number);
    const light = (color) => {
        const [r, g, b] = color.map((value) => {
            const part = value / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (el) => {
        for (let box = el; box; box = box.parentElement) {
            const [r, g, b, a = 1] = channels(getComputedStyle(box).backgroundColor);
            if (a === 1) return [r, g, b];
        }
        return [255, 255, 255];
    };
    const found = [];
    const all = ".o_cf *, .o_cf_header *, .o_cf_footer *";
    for (const el of document.querySelectorAll(all)) {
        const own = [...el.childNodes].some(
            (one) => one.nodeType === 3 && one.data.trim()
        );
        if (!own || !el.checkVisibility() || el.closest(":disabled")) continue;
        const style = getComputedStyle(el);
        const a = light(channels(style.color).slice(0, 3));
        const b = light(behind(el));
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        const size = parseFloat(style.fontSize);
        const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
        if (ratio < (large ? 3 : 4.5)) {
            found.push(`${ratio.toFixed(2)} ${el.outerHTML.slice(0, 100)}`);
        }
    }
    return found;
}"""


@tagged("post_install", "-at_install")
class TestKeyboard(PageCase):
    def setUp(self):
        super().setUp()
        self.enterContext(self.allow_requests(all_requests=True))
        player = self.enterContext(sync_playwright())
        self.browser = player.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        self.addCleanup(self.browser.close)

    def open(self, login, path, viewport=DESKTOP):
        """Open a page as ``login`` in a browser of its own."""
        self.login(login)
        self.context = self.browser.new_context(viewport=viewport, locale="en-US")
        self.context.set_default_timeout(60000)
        self.remember_session()
        page = self.context.new_page()
        self.complaints = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.go(page, path)
        return page

    def remember_session(self):
        self.context.add_cookies(
            [
                {"name": name, "value": value, "url": self.base_url()}
                for name, value in self.opener.cookies.items()
            ]
        )

    def go(self, page, path):
        page.goto(self.base_url() + path)
        self.settled(page)
        self.rest(page)

    def rest(self, page):
        """Let the requests end: the test shares its transaction with them."""
        page.wait_for_load_state("networkidle")

    def settled(self, page):
        """Wait until the scripts of the page have started."""
        page.wait_for_function(
            "() => window.odoo?.isReady === true || odoo.__WOWL_DEBUG__"
        )

    def tab_to(self, page, selector):
        """Press Tab until the focus is on ``selector``, and see that it shows."""
        for _press in range(MOST_TABS):
            page.keyboard.press("Tab")
            if page.evaluate(
                "(want) => document.activeElement.matches(want)", selector
            ):
                outline = page.evaluate(
                    """() => {
                        const shows = (el) =>
                            getComputedStyle(el).outlineStyle !== "none";
                        const el = document.activeElement;
                        return shows(el) || shows(el.closest("label") || el);
                    }"""
                )
                self.assertTrue(outline, f"No focus ring on {selector}")
                return
        self.fail(f"{selector} is not reached with Tab")

    def test_request_with_the_keyboard_alone(self):
        page = self.open("victim", HOME)
        page.keyboard.press("Tab")
        self.assertIn("o_cf_skip", page.evaluate("document.activeElement.className"))
        self.tab_to(page, f"a[href='{START}']")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{START}")
        self.settled(page)
        page.locator("[data-cf-next]").first.wait_for()
        self.tab_to(page, "input[name='what']")
        page.keyboard.press("Space")
        self.tab_to(page, "[data-cf-step='1'] [data-cf-next]")
        page.keyboard.press("Enter")
        self.assertTrue(page.locator("[data-cf-step='1']").is_hidden())
        self.assertIn("With whom", page.evaluate("document.activeElement.textContent"))
        self.tab_to(page, "input[name='coach']")
        page.keyboard.press("ArrowDown")
        chosen = page.locator("input[name='coach']:checked").get_attribute("value")
        self.assertTrue(chosen)
        self.tab_to(page, "[data-cf-step='2'] [data-cf-next]")
        page.keyboard.press("Enter")
        self.tab_to(page, "input[name='alias']")
        page.keyboard.type("Vee")
        self.assertEqual(page.locator("[data-cf-review='alias']").inner_text(), "Vee")
        self.tab_to(page, "[data-cf-step='3'] button[type='submit']")
        page.keyboard.press("Enter")
        page.wait_for_url("**/my/focus/file/*")
        page.locator("[role='status']:has-text('Your request is sent')").wait_for()
        self.rest(page)
        view = self.employee_door().case(self.employee_door().running_ref()).view
        self.assertEqual(self.trajects(), 1)
        self.assertEqual(view.ref, page.url.split("#")[0].rsplit("/", 1)[1])
        self.assertFalse(self.complaints)

    def test_request_without_scripts(self):
        """The same form as one long page, for a browser that runs no scripts."""
        self.login("victim")
        self.context = self.browser.new_context(java_script_enabled=False)
        self.remember_session()
        page = self.context.new_page()
        page.goto(self.base_url() + START)
        for step in ("1", "2", "3"):
            self.assertTrue(page.locator(f"[data-cf-step='{step}']").is_visible())
        self.assertFalse(page.locator("[data-cf-next]").first.is_visible())
        page.locator("input[name='what']").first.check()
        page.locator("input[name='alias']").fill("Vee")
        page.locator("#form-request button[type='submit']").click()
        page.wait_for_url("**/my/focus/file/*")
        self.rest(page)
        self.assertEqual(self.trajects(), 1)

    def test_next_step_only_with_a_choice(self):
        page = self.open("victim", START)
        page.locator("[data-cf-step='1'] [data-cf-next]").click()
        self.assertTrue(page.locator("[data-cf-step='1']").is_visible())
        page.locator("input[name='what']").first.check()
        page.locator("[data-cf-step='1'] [data-cf-next]").click()
        self.assertTrue(page.locator("[data-cf-step='2']").is_visible())

    def test_the_measures_can_fail(self):
        page = self.open("victim", HOME, PHONE)
        page.evaluate(
            """document.querySelector(".o_cf").insertAdjacentHTML("beforeend",
            "<p style='color: #bbb; width: 900px'>Pale and wide</p>" +
            "<input type='text'/><button class='o_cf_btn' " +
            "style='min-height: 0; padding: 0'>x</button>")"""
        )
        self.assertGreater(page.evaluate(WIDEST), PHONE["width"])
        self.assertEqual(len(page.evaluate(NAMELESS)), 1)
        self.assertEqual(len(page.evaluate(SMALL)), 1)
        self.assertEqual(len(page.evaluate(PALE)), 1)

    def test_pages_fit_a_phone_and_can_be_read(self):
        """No sideways scrolling, every field named, fingers and eyes served."""
        ref = self.make_active()
        for login, paths in {
            "victim": (HOME, FILE % ref),
            "colleague": (START,),
            "coach": ("/focus/coach", f"/focus/coach/{ref}"),
            "desk": ("/focus/desk", f"/focus/desk/{ref}"),
        }.items():
            for path in paths:
                with self.subTest(login=login, path=path):
                    page = self.open(login, path, PHONE)
                    page.evaluate(
                        "document.querySelectorAll('details').forEach("
                        "(one) => { one.open = true; })"
                    )
                    self.assertLessEqual(page.evaluate(WIDEST), PHONE["width"])
                    self.assertEqual(page.evaluate(NAMELESS), [])
                    self.assertEqual(page.evaluate(SMALL), [])
                    self.assertEqual(page.evaluate(PALE), [])
                    self.assertEqual(page.locator("h1").count(), 1)
                    self.assertFalse(self.complaints)
                    self.context.close()

    def test_expired_session_loses_no_text(self):
        """What was being sent comes back after logging in again, in the same tab."""
        ref = self.make_active()
        page = self.open("victim", FILE % ref)
        page.locator("#notes summary").first.click()
        page.locator("#note-text-").fill("Typed with care")
        self.context.clear_cookies()
        page.locator("#form-note button[type='submit']").click()
        page.wait_for_url("**/web/login*")
        self.assertIn("Please log in to go on", page.content())
        page.locator("#login").fill("victim")
        page.locator("#password").fill("victim".ljust(8, "x"))
        page.locator(".oe_login_form button[type='submit']").click()
        page.wait_for_url(f"**{FILE % ref}*")
        page.locator(".o_cf_draft_note:visible").wait_for()
        self.assertEqual(page.locator("#note-text-").input_value(), "Typed with care")
        page.locator("#form-note button[type='submit']").click()
        page.locator("[role='status']:has-text('Your note is saved')").wait_for()
        self.rest(page)
        view = EmployeeDoor(self.env_of("victim")).case(ref).view
        self.assertEqual(view.notes[0].fields["text"], "Typed with care")
        kept = page.evaluate("Object.keys(sessionStorage)")
        self.assertFalse([key for key in kept if key.startswith("focus-draft")])

    def test_quick_leave_leaves_nothing_behind(self):
        ref = self.make_active()
        page = self.open("victim", HOME)
        self.go(page, FILE % ref)
        page.locator("[data-cf-leave]").click()
        page.wait_for_url("**/my/home")
        page.go_back()
        self.assertNotIn(ref, page.url)
