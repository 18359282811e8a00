"""Pages in a real browser, and what can be measured of them there."""

import shutil

from playwright.sync_api import sync_playwright

from odoo.addons.hr_career_focus.tests.page_case import PageCase

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


class BrowserCase(PageCase):
    """A page test in a real browser, with a company in place."""

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

    def assertReadable(self, page, width):
        """Fits the width, every field has a name, fingers and eyes are served."""
        page.evaluate(
            "document.querySelectorAll('details').forEach("
            "(one) => { one.open = true; })"
        )
        self.assertLessEqual(page.evaluate(WIDEST), width)
        self.assertEqual(page.evaluate(NAMELESS), [])
        self.assertEqual(page.evaluate(SMALL), [])
        self.assertEqual(page.evaluate(PALE), [])
        self.assertEqual(page.locator("h1").count(), 1)
        self.assertFalse(self.complaints)
