"""Where providers redeem vouchers: who you are, the code, what you take, and undo.

The code travels in the body of forms only: it is in no address, no session and no log.
Every page after a form is made at once and kept nowhere, so a page that is loaded again
sends the same form again, which does nothing twice.
"""

import math
import time
from types import SimpleNamespace

from odoo import fields, http
from odoo.http import STORED_SESSION_BYTES, request

from ..casework import provider_keys
from ..casework.errors import CaseworkError
from ..casework.redeeming import NotRedeemable, RedeemDoor, provider_of_login
from ..casework.throttle import Braked, Throttle
from ..engine.codes import AMOUNT
from .common import Done, guarded, leave_news, show

REDEEM = "/focus/redeem"
#: The session's key for a visit with a provider's key.
SESSION_KEY = "focus_provider"
#: Every refusal of a code or key takes this long, in seconds, or a multiple of it.
REFUSAL_SECONDS = 0.4
#: What is filled in about what is taken.
TYPED = ("amount", "hours", "quantity", "rate", "invoice")


class RedeemPages(http.Controller):
    """One address for everything: its name tells nothing, and it needs no account."""

    @http.route(REDEEM, type="http", auth="public", website=True, methods=["GET"])
    @guarded
    def ask(self, **kwargs):
        provider, by_key = who()
        return show_ask(provider, by_key) if provider else show_who()

    # The session's proof is asked below: a visit that is over, or bytes that are no
    # form at all, get the page again and no error page.
    @http.route(
        REDEEM, type="http", auth="public", website=True, methods=["POST"], csrf=False
    )
    @guarded
    def act(self, **post):
        started = time.monotonic()
        # A file in place of a text is no text.
        post = {name: text for name, text in post.items() if isinstance(text, str)}
        provider, by_key = who()
        if not has_proof(post.get("csrf_token", "")):
            return show_again(provider, by_key)
        if post.get("do") == "leave":
            return leave()
        if not provider and post.get("do") == "enter":
            return come_in(post, started)
        if not provider:
            # Not a wrong key: none was shown.
            said = request.env._(
                "Your visit is over. Show your key again; nothing was changed."
            )
            return show_who(status=422, error=said, code=post.get("code", ""))
        return Visit(provider, by_key, post, started).answer()


class Visit:
    """One form that was sent by a provider."""

    def __init__(self, provider, by_key, post, started):
        self.provider = provider
        self.by_key = by_key
        self.post = post
        self.started = started
        self.code = post.get("code", "")
        self.typed = {name: post.get(name, "") for name in TYPED}

    def answer(self):
        """Do what the form asks, and return the page that follows."""
        act = self.ACTS.get(self.post.get("do"))
        if act is None or not self.code:
            return self._ask()
        door = RedeemDoor(
            request.env, self.provider, request.httprequest.remote_addr or ""
        )
        try:
            return act(self, door)
        except NotRedeemable:
            return refused(self.started, self._ask(is_wrong=True, status=422))
        except Braked as brake:
            return self._ask(minutes=brake.minutes, status=429, code=self.code)
        except CaseworkError as error:
            return self._again(door, error)

    def _ask(self, status=200, **values):
        return show_ask(self.provider, self.by_key, status, **values)

    def _look(self, door):
        return self._show(door.look(self.code))

    def _check(self, door):
        view, claim = door.claim(self.code, self.typed)
        return show(
            "hr_career_focus.page_redeem_confirm",
            REDEEM,
            {**self._common(view), "claim": claim, "typed": self.typed},
        )

    def _redeem(self, door):
        shown = self.post.get("shown", "")
        view, is_there = door.redeem(
            self.code, self.typed, self.post.get("once"), shown
        )
        if is_there:
            said = request.env._("Redeemed. Nobody gets a message about it.")
        else:
            said = request.env._("This was sent before, and undone since.")
        return self._show(view, said)

    def _undo(self, door):
        view = door.undo(self.code, self.post.get("entry", ""))
        return self._show(view, request.env._("Undone. It is on the voucher again."))

    def _again(self, door, error):
        """Show the page again with what cannot be used; nothing was changed."""
        problem = {
            "error": str(error),
            "error_anchor": "form-check",
            "error_field": getattr(error, "field", ""),
            # The form that was sent may be the one that confirms.
            "typed": {**self.typed, "do": "check"},
            "status": 422,
        }
        try:
            view = door.look(self.code)
        except NotRedeemable:
            return refused(self.started, self._ask(is_wrong=True, status=422))
        except CaseworkError:
            # Whatever it is, it does not come from the form.
            return self._ask(error=str(error), status=422)
        return self._show(view, **problem)

    def _show(self, view, said="", **problem):
        values = self._common(view)
        if said:
            values["flash"] = said
        return show("hr_career_focus.page_redeem_voucher", REDEEM, values, **problem)

    def _common(self, view):
        return {
            "view": view,
            "words": Words(request.env, view),
            "provider_name": self.provider.name,
            "by_key": self.by_key,
            "code": self.code,
        }

    ACTS = {"look": _look, "check": _check, "redeem": _redeem, "undo": _undo}


# -- who is here -----------------------------------------------------------------------


def who():
    """Return the provider who is here, and whether by a key; empty for nobody."""
    provider = provider_of_login(request.env)
    if provider:
        return provider, False
    kept = request.session.get(SESSION_KEY)
    now = fields.Datetime.now()
    found = provider_keys.provider_in(request.env, kept, session_id(), now)
    return found, True


def come_in(post, started):
    """Let in who shows a key, and go on with the code that came with it, if any."""
    now = fields.Datetime.now()
    throttle = Throttle(request.env, request.httprequest.remote_addr or "", now)
    try:
        throttle.check()
        provider = provider_keys.provider_of(request.env, post.get("key", ""))
        if not provider:
            throttle.count()
            return refused(started, show_who(is_wrong=True, status=422))
    except Braked as brake:
        return show_who(minutes=brake.minutes, status=429)
    # Another session than the one that was here before the key was shown.
    http.root.session_store.rotate(request.session, request.env)
    request.session[SESSION_KEY] = provider_keys.session_values(
        provider, session_id(), now
    )
    post = {"do": "look", "code": post.get("code", "")}
    return Visit(provider, True, post, started).answer()


def leave():
    """End a visit with a key."""
    request.session.pop(SESSION_KEY, None)
    http.root.session_store.rotate(request.session, request.env)
    leave_news(REDEEM, Done(request.env._("You have left.")))
    return request.redirect(REDEEM, code=303)


def session_id():
    """Return the part of the session's id that stays."""
    return request.session.sid[:STORED_SESSION_BYTES]


# -- pages -----------------------------------------------------------------------------


def show_who(status=200, **values):
    """Ask who is here."""
    page = {"is_wrong": False, "minutes": 0, "code": "", **values}
    page["is_coach"] = not request.env.user._is_public()
    problem = {"error": page.pop("error", None)}
    template = "hr_career_focus.page_redeem_who"
    return show(template, REDEEM, page, status=status, **problem)


def show_ask(provider, by_key, status=200, **values):
    """Ask for a code."""
    page = {"is_wrong": False, "minutes": 0, "code": "", **values}
    page.update(provider_name=provider.name, by_key=by_key)
    problem = {"error": page.pop("error", None)}
    return show("hr_career_focus.page_redeem", REDEEM, page, status=status, **problem)


def has_proof(token):
    """Tell whether a form comes from a page of this session."""
    return token.isascii() and request.validate_csrf(token)


def show_again(provider, by_key):
    """Ask from the start, of a form that is too old, or is of another session."""
    said = request.env._("This page has changed since you opened it. Try again.")
    if provider:
        return show_ask(provider, by_key, status=422, error=said)
    return show_who(status=422, error=said)


def refused(started, response):
    """Return a refusal when its time has come: how long it took to find is not told."""
    response.flatten()
    passed = time.monotonic() - started
    time.sleep(math.ceil(passed / REFUSAL_SECONDS) * REFUSAL_SECONDS - passed)
    return response


class Words:
    """Quantities of one voucher, as one writes them in the reader's language."""

    def __init__(self, env, view):
        self._say = env["hr.career.entitlement"].sudo()
        currencies = env["res.currency"].sudo().with_context(active_test=False)
        currency = currencies.search([("name", "=", view.currency)], limit=1)
        self._unit = SimpleNamespace(unit=view.unit, currency_id=currency)
        self._money = SimpleNamespace(unit=AMOUNT, currency_id=currency)

    def quantity(self, number):
        """A quantity with its unit: 3 hours, or an amount."""
        return self._say._quantity(number, self._unit)

    def money(self, number):
        """An amount of money."""
        return self._say._quantity(number, self._money)
