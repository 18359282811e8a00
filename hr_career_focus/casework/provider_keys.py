"""Keys of providers: what somebody shows who redeems without a login here.

A key is drawn once and shown once. The database holds a keyed hash of it: a copy of the
database opens nothing. These are functions, so that no server action and no remote call
reaches them; the wizard asks first who may.
"""

import hmac

from odoo import fields

from ..vault import grouped
from ..vault.blind_index import index_of
from ..vault.keyring import load_keyring

PROVIDER = "hr.career.provider"
PURPOSE = "provider-key"
SESSION_PURPOSE = "provider-session"
#: How long a visit with a key lasts.
SECONDS = 8 * 3600
#: Looked for in place of a text that cannot be a key, so that it takes as long.
NO_KEY = "no key"


def make(provider) -> str:
    """Return a new key of ``provider``; the one before ends with it."""
    key = grouped.new_code()
    provider.sudo().write(
        {
            "key_hash": _hash(grouped.read(key)),
            "key_made_on": fields.Date.context_today(provider),
        }
    )
    return key


def withdraw(provider):
    """End the key of ``provider``, also where somebody has come in with it."""
    provider.sudo().write({"key_hash": False, "key_made_on": False})


def provider_of(env, text):
    """Return the provider in force whose key this is; empty for every other text."""
    found = env[PROVIDER].sudo()
    return found.search(
        [("key_hash", "=", _hash(grouped.read(text) or NO_KEY))], limit=1
    )


def _hash(digits):
    return index_of(load_keyring(), PURPOSE, digits)


# -- a visit with a key ---------------------------------------------------------------


def session_values(provider, sid, now) -> dict:
    """Return what a session keeps of a provider who showed the key."""
    until = int(now.timestamp()) + SECONDS
    return {
        "provider": provider.id,
        "until": until,
        "mark": _mark(provider, sid, until),
    }


def provider_in(env, kept, sid, now):
    """Return the provider whose key a session holds; empty when that is over.

    A new key, a withdrawn one and an archived provider end it at once.
    """
    provider = env[PROVIDER].sudo()
    if not isinstance(kept, dict):
        return provider
    until = kept.get("until", 0)
    found = provider.browse(kept.get("provider", 0)).exists()
    if not found.active or not found.key_hash or now.timestamp() >= until:
        return provider
    is_true = hmac.compare_digest(_mark(found, sid, until), kept.get("mark", ""))
    return found if is_true else provider


def _mark(provider, sid, until):
    said = f"{provider.id}|{provider.key_hash}|{sid}|{until}"
    return index_of(load_keyring(), SESSION_PURPOSE, said)
