"""Agreements of the database as the file of an exchange has them."""

from decimal import Decimal

from ..importer.known import same
from ..presets.speaking import LANGUAGES, translated
from ..presets.values import Agreement, Right, Text
from ..presets.writing import tidied

_CENT = Decimal("0.01")

#: Column of a right -> field of the record, where the two have another name.
RIGHT_FIELDS = {
    "interval": "interval_kind",
    "exit": "exit_policy",
    "output": "output_rule",
    "right_valid_from": "valid_from",
    "right_valid_to": "valid_to",
}
#: Columns of a right that are put together from a record the right points at.
RIGHT_LINKS = ("currency", "excluded", "improves_agreement", "improves_code")


def installed_languages(env):
    """The languages of the format that the database knows."""
    known = {code for code, _name in env["res.lang"].get_installed()}
    return tuple(lang for lang in LANGUAGES.values() if lang in known)


def agreement_value(agreement, versions=None):
    """An agreement with its versions, or with some of them, as a plain value.

    It has what the texts say. Who checked them, when they counted first, the company
    and what was archived stay behind.
    """
    agreement = agreement.with_context(lang=None, active_test=True)
    if versions is None:
        versions = agreement.version_ids
    versions = versions.with_context(lang=None).sorted(lambda one: one._timeline_key())
    names = _distinct(versions)
    value = Agreement(
        agreement=agreement.name,
        country=agreement.country_id.code or "",
        reference=agreement.reference or "",
        company_rules=agreement.is_company_rules,
        versions=tuple(_text(version, names[version]) for version in versions),
        **_texts(agreement, translated(Agreement("")), {}),
    )
    return tidied(value)


def _distinct(versions):
    """A name for each version that no other version of the list has."""
    names, taken = {}, set()
    for version in versions:
        name = stem = version.name or str(version.valid_from or "")
        number = 1
        while same(name) in taken or (not name and len(versions) > 1):
            number += 1
            name = f"{stem} ({number})".strip()
        taken.add(same(name))
        names[version] = name
    return names


def _text(version, name):
    return Text(
        version=name,
        valid_from=version.valid_from or None,
        valid_to=version.valid_to or None,
        after_effect=version.has_after_effect,
        source=version.source_url or "",
        source_seen_on=version.source_seen_on or None,
        rights=tuple(map(_right, version.rule_ids)),
        **_texts(version, translated(Text()), {}),
    )


def _right(rule):
    improved = rule.improves_rule_id
    values = {
        "currency": rule.currency_id.name or "",
        "excluded": tuple(rule.excluded_category_ids.mapped("code")),
        "improves_agreement": improved.agreement_id.name or "",
        "improves_code": improved.code or "",
    }
    texts = _texts(rule, ("name", "description"), {})
    for key, field in Right.__dataclass_fields__.items():
        if key in values or key in texts or key == "row":
            continue
        values[key] = _plain(rule[RIGHT_FIELDS.get(key, key)], field.type)
    return Right(**values, **texts)


def _plain(value, kind):
    """A value of a record as the file has it: zero and False say: not set."""
    if kind is bool:
        return value
    if kind is str:
        return value or ""
    if isinstance(value, float):
        return Decimal(repr(value)).quantize(_CENT) or None
    return value or None


def _texts(record, names, texts):
    """Translated texts of a record, in every language of the format."""
    known = installed_languages(record.env)
    for name in names:
        texts[name] = record[name] or ""
        for ending, lang in LANGUAGES.items():
            spoken = record.with_context(lang=lang)[name] if lang in known else ""
            texts[f"{name}_{ending}"] = spoken or ""
    return texts
