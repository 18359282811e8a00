"""The lines of the page about importing agreements, as values of its models."""

from ..presets.speaking import said
from .agreement_exchange_texts import problem_texts
from .agreement_writer import AgreementWriter

NEW_AGREEMENT = "new_agreement"
ADDITION = "addition"
NEW_VERSION = "new_version"
SAME = "same"
RIGHT = "right"


def template_lines(exchange, templates):
    """What somebody has to know to choose a template."""
    env = exchange.env
    countries = env["res.country"].search([("code", "in", ["BE", "NL"])])
    by_code = {country.code: country.id for country in countries}
    writer = AgreementWriter(env, exchange.company_id)
    for one in templates:
        value = one.agreement
        # The last text is the one people look for; earlier ones come along.
        text = value.versions[-1]
        yield {
            "template": one.name,
            "name": value.agreement,
            "sector": said(value, "sector", env.lang),
            "country_id": by_code.get(value.country),
            "gives": "\n".join(
                in_words(env, writer, right, value) for right in text.rights
            ),
            "source": text.source,
            "source_seen_on": text.source_seen_on,
            "is_incomplete": any(right.missing for right in text.rights),
        }


def in_words(env, writer, right, value):
    """A right as somebody reads it who looks for an agreement."""
    draft = env["hr.career.entitlement.rule"].new(writer.terms(right))
    name = said(right, "name", env.lang)
    if right.article:
        name = env._(
            "%(right)s (article %(article)s)", right=name, article=right.article
        )
    return f"{name}: {draft.summary or said(right, 'description', env.lang)}"


def problem_lines(env, problems):
    """A line for each problem; the lines of the file in their order."""
    texts = problem_texts(env)
    for found in sorted(problems, key=lambda each: (each.row or 0, each.level)):
        yield {
            "outcome": found.level,
            "row": found.row,
            "column": found.column,
            "value": found.value,
            "detail": texts[found.code] % found.data,
        }


def preview_lines(env, made):
    """What an import makes, and what is there already."""
    lines = []
    for each in made:
        agreement = each.agreement.with_env(env)
        lines.append(
            {
                "outcome": NEW_AGREEMENT if each.is_new else ADDITION,
                "row": each.value.row,
                "name": agreement.name,
                "detail": ", ".join(
                    part
                    for part in (
                        agreement.sector,
                        agreement.country_id.name,
                        agreement.reference,
                    )
                    if part
                ),
            }
        )
        for text, version, is_new in each.versions:
            lines += _version_lines(version.with_env(env), text, is_new)
    return lines


def _version_lines(version, text, is_new):
    yield {
        "outcome": NEW_VERSION if is_new else SAME,
        "row": text.row,
        "name": version.name,
        "detail": version.note if is_new else False,
    }
    if not is_new:
        return
    for rule, right in zip(version.rule_ids, text.rights, strict=True):
        yield {
            "outcome": RIGHT,
            "row": right.row,
            "name": rule.name,
            "detail": rule.terms or rule.description,
        }
