"""The page of one's own key: passphrase, lock, a new key, and help after a loss."""

import re

from odoo import http
from odoo.http import request

from ..casework import KeyDoor
from ..casework.errors import CaseworkError
from ..casework.key_door import LARGEST
from ..vault.passphrase import STRONG
from .common import Done, carry_out, guarded, show
from .files import attachment
from .forms import FormError
from .own_key import forget_unlocked, keep_unlocked, with_own_key

KEY = "/my/focus/key"
REQUEST = "/my/focus/key/request"
#: Pages that lead here and get the reader back.
BACK = re.compile(r"(/my/focus/file/|/focus/coach/)[0-9a-f]{32}")
#: Acts that need a passphrase that was set before, and what checks it.
PROVEN = {
    "unlock": KeyDoor.prove,
    "change": KeyDoor.prove,
    "earlier": KeyDoor.open_earlier,
}


class KeyPages(http.Controller):
    """Everybody who works or coaches here has this page, with a case or without."""

    @http.route(KEY, type="http", auth="user", website=True, methods=["GET"])
    @guarded
    def key(self, back="", **kwargs):
        return _show(with_own_key(KeyDoor(request.env)), back)

    @http.route(KEY, type="http", auth="user", website=True, methods=["POST"])
    @guarded
    def change_key(self, **post):
        door = with_own_key(KeyDoor(request.env))
        back = post.get("back") or ""

        def again(**problem):
            # What was typed is a passphrase: it is never written on a page.
            problem["typed"] = {}
            return _show(door, back, **problem)

        do = post.get("do")
        if do in PROVEN:
            # Before the rest, because wrong ones are counted, whatever follows.
            wrong = _wrong_passphrase(door, PROVEN[do], post.get("passphrase") or "")
            if wrong:
                return again(error=wrong, error_anchor=f"form-{do}", status=422)
        return carry_out(KEY_ACTS, door, post, KEY, again)

    @http.route(REQUEST, type="http", auth="user", website=True, methods=["POST"])
    @guarded
    def request_file(self, **post):
        door = with_own_key(KeyDoor(request.env))
        try:
            content = door.request_file()
        except CaseworkError as error:
            return _show(door, error=str(error), status=422)
        return attachment(content, "application/json", "for-the-office.json")


def _show(door, back="", **problem):
    return show(
        "hr_career_focus.page_key",
        KEY,
        {"view": door.view, "back": back if BACK.fullmatch(back) else ""},
        **problem,
    )


def _wrong_passphrase(door, proves, passphrase):
    """Return what is wrong with a passphrase that is to prove something, or ""."""
    try:
        if proves(door, passphrase):
            return ""
    except CaseworkError as error:
        return str(error)
    return request.env._(
        "This passphrase does not fit. Look at capitals and spaces, and try again."
    )


def _back(form):
    back = form.raw("back")
    return back if BACK.fullmatch(back) else ""


def _unlock(door, form):
    keep_unlocked(door)
    return Done(
        form.env._("Your key is open. It locks after half an hour without a page."),
        path=_back(form),
    )


def _lock(door, form):
    forget_unlocked()
    return Done(
        form.env._("Your key is locked. Your texts stay closed until you unlock it."),
        path=_back(form),
    )


def _make(door, form):
    told = door.make(_new_passphrase(form))
    keep_unlocked(door)
    text = form.env._(
        "Your key is made, and open. Your passphrase is fair: one or two words more "
        "make it strong."
    )
    if told == STRONG:
        text = form.env._("Your key is made, and open. Your passphrase is strong.")
    return Done(text, path=_back(form))


def _change(door, form):
    told = door.change(_new_passphrase(form))
    keep_unlocked(door)
    text = form.env._(
        "Your passphrase is changed. It is fair: one or two words more make it strong."
    )
    if told == STRONG:
        text = form.env._("Your passphrase is changed. It is strong.")
    return Done(text)


def _renew(door, form):
    form.require_yes()
    told = door.renew(_new_passphrase(form), form.raw("password"))
    keep_unlocked(door)
    text = form.env._(
        "Your new key is made, and open. Your passphrase is fair: one or two words "
        "more make it strong."
    )
    if told == STRONG:
        text = form.env._("Your new key is made, and open. Your passphrase is strong.")
    return Done(text, "closed")


def _earlier(door, form):
    return Done(
        form.env._("Texts that are open again: %(count)s.", count=door.reopened)
    )


def _answer(door, form):
    sent = form.raw("answer")
    content = sent.read(LARGEST + 1) if sent else b""
    count = door.take_answer(content)
    return Done(form.env._("Texts that are open again: %(count)s.", count=count))


def _new_passphrase(form):
    """Return the new passphrase, typed twice alike."""
    typed = form.raw("new")
    if typed != form.raw("repeat"):
        raise FormError(
            form.env._("The two passphrases differ. Type the new one twice."), "new"
        )
    return typed


KEY_ACTS = {
    "unlock": _unlock,
    "lock": _lock,
    "make": _make,
    "change": _change,
    "renew": _renew,
    "earlier": _earlier,
    "answer": _answer,
}
