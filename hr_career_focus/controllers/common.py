"""What all pages share: how they answer, and what they never keep or tell."""

import functools
import hashlib
import secrets
from dataclasses import dataclass
from types import SimpleNamespace

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request
from odoo.tools import SQL

from ..casework import constants, logins
from ..casework.errors import CaseworkError, DoorClosed, NotYours
from ..casework.login_page import closed_view
from . import wording
from .forms import Form, FormError

#: No cache, no referrer, no search engine, no foreign frame.
HEADERS = {
    "Cache-Control": "no-store",
    "Pragma": "no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-Frame-Options": "SAMEORIGIN",
    "Content-Security-Policy": "frame-ancestors 'self'",
}
#: Where a login is put right, and the addresses that are ours.
LOGIN = "/my/focus/login"
OWN_PATHS = ("/my/focus", "/focus/")
#: Pages of coaches, desk and privacy officer.
STAFF = "/focus/"
REASONS = SimpleNamespace(
    CHANGED=logins.CHANGED,
    CONFIRM=logins.CONFIRM,
    CODE=logins.CODE,
    SECOND_FACTOR=logins.SECOND_FACTOR,
)
#: Session keys: the numbers of forms already handled, and the news for the next page.
USED_KEY = "focus_used"
NEWS_KEY = "focus_news"
USED_KEPT = 40
#: What a form sent twice repeats: one that is at work now, or one handled before.
NOW, BEFORE = "now", "before"
#: The constants as templates may use them: they refuse a module.
WORDS = SimpleNamespace(
    **{name: value for name, value in vars(constants).items() if name.isupper()}
)


@dataclass(frozen=True)
class Done:
    """What a form did: a sentence for the reader, where on the page it happened, the
    entry that can be taken back, and where to go when not to the same page."""

    text: str
    anchor: str = ""
    undo: str = ""
    path: str = ""


def guarded(route_method):
    """Answer "missing" and "not yours" with one page, and let nothing be stored.

    Goes under ``http.route``. Every page of the product uses it.
    """

    @functools.wraps(route_method)
    def answer(self, *args, **kwargs):
        if is_framed():
            # The web client around it speaks the user's own language.
            request.update_context(lang=request.env.user.lang or request.env.lang)
        try:
            response = route_method(self, *args, **kwargs)
        except DoorClosed as door:
            response = closed(door.reason)
        except (NotYours, AccessError, MissingError):
            response = missing()
        response.headers.update(HEADERS)
        return response

    return answer


def is_framed():
    """Whether the browser shows this page inside the web client."""
    return request.httprequest.headers.get("Sec-Fetch-Dest") == "iframe"


def missing():
    """The one answer for what is not there and for what is not the reader's."""
    return request.render("hr_career_focus.page_missing", {}, status=404)


def closed(reason, **problem):
    """The one answer to a login that must first be put right, whoever it is."""
    view = closed_view(request.env, reason)
    values = {"view": view, "reasons": REASONS, "back": own_path()}
    problem.setdefault("status", 403)
    return show("hr_career_focus.page_closed", LOGIN, values, **problem)


def own_path():
    """The page of ours that was asked for, to go on to afterwards."""
    asked = request.httprequest.form.get("back") or request.httprequest.path
    ours = asked.startswith(OWN_PATHS) and "//" not in asked and "\\" not in asked
    return asked if ours and asked != LOGIN else OWN_PATHS[0]


def show(template, path, values, status=200, **problem):
    """Render a page with its news, or with what went wrong.

    :param problem: ``error`` (a sentence), ``error_anchor`` (the form), ``error_field``
        and ``typed`` (what was filled in), as :func:`carry_out` gives them
    """
    error, typed = problem.get("error"), problem.get("typed")
    news = {} if error else take_news(path)
    return request.render(
        template,
        {
            "path": path,
            "c": WORDS,
            "say": wording.Say(request.env, request.httprequest.cookies.get("tz")),
            "new_once": new_once,
            "keep": functools.partial(_keep, typed or {}),
            "error": error,
            "error_anchor": problem.get("error_anchor"),
            "error_field": problem.get("error_field"),
            "flash": news.get("text"),
            "undo": news.get("undo"),
            "factor_off": _is_factor_off(path),
            "privacy_contact": request.env.company.sudo().career_privacy_contact,
            **values,
        },
        status=status,
    )


def _is_factor_off(path):
    """Whether this is a page of staff that a password alone opens."""
    env = request.env
    return (
        path.startswith(STAFF)
        and not env.user._is_public()
        and logins.is_factor_off(env)
    )


def _keep(typed, do, name, default="", entry=""):
    """What was typed in a field of the form that failed, else the default."""
    if typed.get("do", "") == do and typed.get("entry", "") == entry:
        return typed.get(name, "")
    return default


def carry_out(acts, subject, post, path, show_again):
    """Do what a form asks, once, and send the reader back to the page.

    :param acts: name of the form (its field ``do``) -> function(subject, form) -> Done
    :param show_again: function(error=, error_anchor=, typed=, status=) that renders the
        page when the form was refused; nothing was changed then
    """
    once = post.get("once")
    repeat = repeat_of(once)
    if repeat == BEFORE:
        text = request.env._("This was sent before. Nothing was done twice.")
        leave_news(path, Done(text))
    if repeat:
        return request.redirect(path, code=303)
    act = acts.get(post.get("do", ""))
    try:
        if act is None:
            raise FormError(
                request.env._("This page has changed since you opened it. Try again.")
            )
        with request.env.cr.savepoint():
            done = act(subject, Form(request.env, post, request.httprequest.form))
    except CaseworkError as error:
        # Nothing was done: going back and sending the corrected form must work.
        free_number(once)
        return show_again(
            error=str(error),
            error_anchor=anchor_of(post),
            error_field=getattr(error, "field", ""),
            typed=post,
            status=422,
        )
    target = done.path or path
    leave_news(target, done)
    if done.anchor:
        target = f"{target}#{done.anchor}"
    return request.redirect(target, code=303)


def anchor_of(post):
    """The id of the form that was sent, as the templates name it."""
    parts = ["form", post.get("do", ""), post.get("entry", "")]
    return "-".join(part for part in parts if part.replace("_", "").isalnum())


def new_once():
    """A number for one form on one page, so that pressing twice sends once."""
    return secrets.token_hex(12)


def repeat_of(once):
    """Tell whether the form with this number is at work (NOW) or was handled (BEFORE).

    The lock lives as long as the transaction; the number is in the session's file
    before the lock goes, so a twin in another worker finds either. Should the
    transaction fail, the number may be used again.
    """
    if not once:
        return None
    session = request.session
    cr = request.env.cr
    [[is_first]] = request.env.execute_query(
        SQL("SELECT pg_try_advisory_xact_lock(%s)", lock_of(session.sid, once))
    )
    if not is_first:
        return NOW
    store = http.root.session_store
    used = store.get(session.sid).get(USED_KEY, [])
    if once in used:
        return BEFORE
    session[USED_KEY] = [*used, once][-USED_KEPT:]
    store.save(session)

    def free():
        kept = store.get(session.sid)
        kept[USED_KEY] = _without(once, kept)
        store.save(kept)

    cr.postrollback.add(free)
    return None


def free_number(once):
    """Let the number of a form that changed nothing be used again."""
    request.session[USED_KEY] = _without(once, request.session)


def _without(once, session):
    return [number for number in session.get(USED_KEY, []) if number != once]


def lock_of(sid, once):
    """The number under which the database locks one form of one session."""
    digest = hashlib.blake2b(f"{sid}{once}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def leave_news(path, done):
    """Keep a sentence for the page that follows; never in the address."""
    request.session[NEWS_KEY] = {"path": path, "text": done.text, "undo": done.undo}


def take_news(path):
    """The sentence kept for this page, once."""
    news = request.session.get(NEWS_KEY)
    if not news or news["path"] != path:
        return {}
    del request.session[NEWS_KEY]
    return news
