"""Visiting the pages over HTTP as any role, with what is on them."""

import re

from lxml import html

from odoo.tests import HttpCase

from ..casework.opening import find, vault
from .common import CareerCompany

HOME = "/my/focus"
START = "/my/focus/start"
FILE = "/my/focus/file/%s"
COACH = "/focus/coach"
DESK = "/focus/desk"
CODE_PAGE = "/my/focus/code"
NOWHERE = "0" * 32


class PageCase(CareerCompany, HttpCase):
    """An HTTP test with :class:`CareerCompany` in place."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_company()

    def login(self, login):
        """Go on as ``login``, in a session of its own."""
        self.authenticate(login, login.ljust(8, "x"))

    def get(self, path):
        return self.url_open(path, allow_redirects=False)

    def page(self, path):
        """Open a page that must be there; return its tree."""
        response = self.get(path)
        self.assertEqual(response.status_code, 200, path)
        return html.fromstring(response.text)

    def form_values(self, tree, do, entry=""):
        """Return the hidden fields of a form, as a browser would send them."""
        for form in tree.xpath("//form[@method='post']"):
            values = {
                one.get("name"): one.get("value", "")
                for one in form.xpath(".//input[@type='hidden']")
            }
            if values.get("do") == do and values.get("entry", "") == entry:
                return values
        raise AssertionError(f"No form {do!r} {entry!r} on the page")

    def send(self, path, do, entry="", source=None, **values):
        """Fill in a form of the page and send it, without following the answer."""
        tree = source if source is not None else self.page(path)
        data = {**self.form_values(tree, do, entry), **values}
        return self.url_open(path, data=data, allow_redirects=False)

    def send_well(self, path, do, entry="", **values):
        """As :meth:`send`, and it must have worked; return the page that follows."""
        response = self.send(path, do, entry, **values)
        self.assertEqual(response.status_code, 303, self.said(response))
        target = response.headers["Location"].split("#")[0]
        return self.page(target)

    def assertRefused(self, response, *words):
        """The form came back with a message, and what was typed."""
        self.assertEqual(response.status_code, 422)
        alert = html.fromstring(response.text).xpath("//*[@role='alert']")
        self.assertEqual(len(alert), 1)
        for word in words:
            self.assertIn(word, " ".join(alert[0].text_content().split()))

    def said(self, response):
        tree = html.fromstring(response.text or "<p/>")
        found = tree.xpath("//*[@role='alert' or @role='status']")
        return " ".join(" ".join(one.text_content() for one in found).split())

    def bare(self, response):
        """Return a page without what differs at each request by design."""
        text = re.sub(r"[0-9a-f]{40}o\d+", "TOKEN", response.text)
        return re.sub(r'"registry_hash": "[^"]*"', "", text)

    def assertMissing(self, path, **data):
        """``path`` gives the one answer for missing and for not the reader's."""
        if data:
            data = {"csrf_token": self.csrf(), **data}
        response = self.url_open(path, data=data or None, allow_redirects=False)
        self.assertEqual(response.status_code, 404, path)
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        nowhere = self.get(FILE % NOWHERE)
        self.assertEqual(nowhere.status_code, 404)
        self.assertEqual(self.bare(response), self.bare(nowhere), path)

    def csrf(self):
        """Return a token of the present session."""
        tree = html.fromstring(self.get("/my/home").text)
        script = "".join(tree.xpath("//script[@id='web.layout.odooscript']/text()"))
        return re.search(r'csrf_token: "([^"]+)"', script).group(1)

    def state(self, ref):
        with vault(self.env) as inside:
            return find(inside, ref, []).state

    def trajects(self):
        """How many cases there are in all."""
        with vault(self.env) as inside:
            return inside["hr.career.traject"].search_count([])
