"""What an employee reads about rights: the answers and the public texts as views.

Everything here is read and nothing is written, so that reading leaves no trace.
"""

from .views import PublicRightView


def public_right_views(env, country, today, right_codes=()):
    """Return the public rights people in a country read on a day, in order."""
    texts = env["hr.career.public.right"].sudo().with_context(lang=env.lang)
    return [
        PublicRightView(
            name=one.name,
            kind=one.kind,
            region=one.region or one.country_id.name or "",
            text=one.text,
            conditions=_lines(one.conditions),
            steps=_lines(one.how),
            by_employer=one.by_employer,
            until=one.valid_to or None,
            publisher=one.publisher,
            text_date=one.text_date or None,
            seen_on=one.seen_on,
            source_url=web_address(one.source_url),
        )
        for one in texts._shown(country, today, right_codes)
    ]


def web_address(text):
    """Return an address a page may link to: HR writes it, an employee presses it.

    >>> web_address("https://example.org/cao"), web_address("javascript:alert(1)")
    ('https://example.org/cao', '')
    """
    return text if (text or "").startswith(("https://", "http://")) else ""


def _lines(text):
    """Return the lines of a text that say something."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())
