"""What an employee reads about rights: the answers and the public texts as views.

Everything here is read and nothing is written, so that reading leaves no trace.
"""

from .law import is_own_claim, names_coach
from .views import ConditionView, PublicRightView, RightView


def right_view(one, may_ask, employer="", to_ask=""):
    """Return one right as its owner reads it.

    :param one: :class:`~..models.career_entitlement.RightAnswer`
    :param may_ask: whether the owner could make a request for a right now
    :param employer: where the right is, for who has more than one employer
    :param to_ask: a sentence: who to ask for a right that is not asked for here
    """
    rule, answer = one.rule, one.answer
    words = rule.env["hr.career.entitlement"]
    own_claim = is_own_claim(one)
    is_part = answer.is_open and 0 < answer.left < answer.granted
    return RightView(
        rule_id=rule.id,
        name=rule.name or "",
        description=rule.description or "",
        agreement=rule.agreement_id.name or "",
        version=words._version(rule),
        article=rule.article or "",
        status=answer.status,
        sentence=one.sentence,
        left=one.left_text,
        granted=words._quantity(answer.granted, rule) if is_part else "",
        share=int(answer.left * 100 / answer.granted) if is_part else 100,
        until=answer.until,
        lapsing=words._quantity(answer.lapsing, rule) if answer.lapsing else "",
        next_date=answer.next_date,
        reasons=one.because,
        conditions=tuple(
            ConditionView(code, sentence)
            for code, sentence in words._conditions(answer, rule)
        ),
        source_url=web_address(rule.version_id.source_url),
        can_request=bool(rule) and may_ask and not own_claim,
        is_own_claim=own_claim,
        desk_names_coach=bool(rule) and not names_coach(rule),
        employer=employer,
        to_ask=to_ask,
    )


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
