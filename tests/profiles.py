"""Real Chromium, one profile per role, as different people at different machines."""

import shutil
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


class Profiles:
    """Open profiles by role; each logs in by the form, with its password."""

    def __init__(self, playwright, base_url, folder, locale):
        self._chromium = playwright.chromium
        self._base_url = base_url
        self._folder = Path(folder)
        self._locale = locale
        self._open = {}

    def page(self, login, password, viewport=None):
        """Return the page of a role, logged in."""
        if login in self._open:
            return self._open[login].pages[0]
        context = self._chromium.launch_persistent_context(
            self._folder / login,
            executable_path=shutil.which("chromium"),
            args=ARGUMENTS,
            viewport=viewport or DESKTOP,
            base_url=self._base_url,
            locale=self._locale,
            timezone_id="UTC",
        )
        context.set_default_timeout(60_000)
        self._open[login] = context
        page = context.pages[0]
        answer = page.goto("/web/login?redirect=/my/home")
        if not answer.ok:
            raise AssertionError(
                f"{answer.status}: {page.locator('body').inner_text()}"
            )
        if "/web/login" not in page.url:
            return page  # The profile of an earlier visit is still logged in.
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", password)
        page.click("form.oe_login_form button[type=submit]")
        page.wait_for_url(lambda url: "/web/login" not in url)
        return page

    def rest(self):
        """Leave every page, so that none goes on asking the server."""
        for context in self._open.values():
            context.pages[0].goto("about:blank")

    def close(self, login):
        """Close one role's browser; its profile stays on disk."""
        self._open.pop(login).close()

    def close_all(self):
        """Close every browser."""
        for login in list(self._open):
            self.close(login)


@contextmanager
def profiles(base_url, folder, locale="en-GB"):
    """Give :class:`Profiles` for the block and close them after it."""
    with sync_playwright() as playwright:
        opened = Profiles(playwright, base_url, folder, locale)
        try:
            yield opened
        finally:
            opened.close_all()


def password_of(login):
    """Return the password Odoo's test helper gives a login."""
    return login if len(login) >= 8 else login.ljust(8, "x")


def call(page, model, method, *arguments, **options):
    """Call a method by the page's own session; return the whole answer as text."""
    return page.evaluate(
        """async ([model, method, args, kwargs]) => {
            const answer = await fetch(`/web/dataset/call_kw/${model}/${method}`, {
                method: "POST",
                headers: {"Content-Type": "application/json"},
                body: JSON.stringify({
                    jsonrpc: "2.0", id: 1, method: "call",
                    params: {model, method, args, kwargs},
                }),
            });
            return await answer.text();
        }""",
        [model, method, list(arguments), options],
    )
