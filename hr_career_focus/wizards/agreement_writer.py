"""Agreements of a file into the database: it adds, and changes nothing there is."""

import dataclasses
from dataclasses import dataclass

from odoo import fields
from odoo.fields import Command
from odoo.tools import format_date

from ..importer.known import same
from ..importer.values import WARNING, problem
from ..presets.speaking import said, same_text, translated
from ..presets.values import Right
from .agreement_reader import (
    RIGHT_FIELDS,
    RIGHT_LINKS,
    agreement_value,
    installed_languages,
)


@dataclass
class Made:
    """What became of one agreement of the file.

    ``versions`` has, for each version of the file, the record and whether it is new; a
    version that was there already is the record that says the same.
    """

    value: object
    agreement: object
    is_new: bool
    versions: list = dataclasses.field(default_factory=list)

    @property
    def adds(self):
        """Tell whether anything was made."""
        return any(is_new for _text, _version, is_new in self.versions)


class AgreementWriter:
    """Makes agreements, versions and rights of the values of a file.

    An agreement with the name of one that is there already adds versions to that one;
    with ``apart`` it becomes an agreement of its own. Whatever the file says, all that
    is made is a draft that nobody has checked.

    Example::

        writer = AgreementWriter(env, company)
        if not any(found.level == ERROR for found in writer.problems(agreements)):
            made = writer.apply(agreements)
    """

    def __init__(self, env, company, apart=False):
        """Work for a company, with the rights of the user of ``env``."""
        self.env = env(context={**env.context, "lang": None, "active_test": True})
        self.company = company.with_env(self.env)
        self.apart = apart
        self.languages = installed_languages(env)
        # In the words of the reader: what is made is kept in English, and translated.
        self.no_name = env._(
            "Imported on %s", format_date(env, fields.Date.context_today(company))
        )

    # -- what would go wrong --------------------------------------------------------

    def problems(self, agreements):
        """What of these agreements does not fit this database."""
        countries = {each.country for each in agreements} - {""}
        currencies = {r.currency for each in agreements for r in each.rights} - {""}
        known = set(self._countries(countries).mapped("code"))
        money = set(self._currencies(currencies).mapped("name"))
        found = []
        for each in agreements:
            if each.country and each.country not in known:
                found.append(
                    problem("unknown_country", each.row, "country", each.country)
                )
            found += self._against_existing(each)
            found += [
                problem("unknown_currency", right.row, "currency", right.currency)
                for right in each.rights
                if right.currency and right.currency not in money
            ]
            found += [
                problem("unknown_improves", right.row, "improves_code")
                for right in each.rights
                if right.improves_code
                and not self._improved(right)
                and not _is_in(agreements, right)
            ]
            found += [
                problem("improves_other", right.row, "improves_code")
                for right in each.rights
                for better in _in_file(agreements, right) or self._improved(right)
                if _is_other(right, better)
            ]
        return found

    def _against_existing(self, value):
        others = self._existing(value)
        if len(others) > 1:
            return [problem("two_agreements", value.row, "agreement", value.agreement)]
        if not others:
            return []
        if others.is_company_rules != value.company_rules:
            return [problem("kind_differs", value.row, "company_rules")]
        held = agreement_value(others)
        if any(getattr(held, k) != getattr(value, k) for k in ("country", "reference")):
            row, name = value.row, value.agreement
            return [problem("stays_as_it_is", row, "agreement", name, level=WARNING)]
        return []

    def knows(self, agreements):
        """Tell whether one of these would add to an agreement that is there."""
        return any(self._existing(value) for value in agreements)

    # -- making ---------------------------------------------------------------------

    def apply(self, agreements):
        """Make all of it; the collective agreements first, rules on top afterwards."""
        ordered = sorted(agreements, key=lambda value: value.company_rules)
        return [self._apply(value) for value in ordered]

    def _apply(self, value):
        agreement = self._existing(value)
        is_new = not agreement
        held = agreement_value(agreement).versions if agreement else ()
        records = agreement.version_ids.sorted(lambda one: one._timeline_key())
        if is_new:
            agreement = self.env["hr.career.agreement"].create(
                {
                    "name": value.agreement,
                    "country_id": self._countries({value.country}).id,
                    "sector": value.sector or False,
                    "reference": value.reference or False,
                    "is_company_rules": value.company_rules,
                    "company_id": value.company_rules and self.company.id,
                }
            )
            self._translate(agreement, value)
        made = Made(value, agreement, is_new)
        for text in value.versions:
            there = [
                record
                for record, other in zip(records, held, strict=True)
                if same_text(text, other, self.languages)
            ]
            version = there[0] if there else self._version(agreement, text)
            made.versions.append((text, version, not there))
        return made

    def _version(self, agreement, text):
        version = self.env["hr.career.agreement.version"].create(
            {
                "agreement_id": agreement.id,
                "name": text.version or self.no_name,
                "valid_from": text.valid_from,
                "valid_to": text.valid_to,
                "has_after_effect": text.after_effect,
                "source_url": text.source or False,
                "source_seen_on": text.source_seen_on,
                "note": text.note or False,
            }
        )
        self._translate(version, text)
        rules = self.env["hr.career.entitlement.rule"].create(
            [
                {"version_id": version.id, "sequence": number * 10, **self.terms(right)}
                for number, right in enumerate(text.rights, start=1)
            ]
        )
        for rule, right in zip(rules, text.rights, strict=True):
            self._translate(rule, right)
        return version

    def terms(self, right):
        """A right as values of its model; what the file leaves open is left open."""
        values = {
            RIGHT_FIELDS.get(key, key): getattr(right, key) or False
            for key in Right.__dataclass_fields__
            if key not in RIGHT_LINKS and key != "row" and "_nl" not in key
        }
        excluded = self.env["hr.career.staff.category"].search(
            [("code", "in", right.excluded)]
        )
        return {
            **values,
            "currency_id": self._currencies({right.currency}).id,
            "excluded_category_ids": [Command.set(excluded.ids)],
            "improves_rule_id": self._improved(right).id,
        }

    def _translate(self, record, value):
        for name in translated(value):
            if getattr(value, name):
                texts = {lang: said(value, name, lang) for lang in self.languages}
                record.update_field_translations(name, texts)

    # -- finding --------------------------------------------------------------------

    def _named(self, name, domain):
        """Agreements with this name, without regard to capitals and spaces."""
        agreements = self.env["hr.career.agreement"].search(domain)
        return agreements.filtered(lambda one: same(one.name) == same(name))

    def _existing(self, value):
        """The agreement to which versions are added, if any."""
        nobody = self.env["hr.career.agreement"]
        if self.apart:
            return nobody
        own = [("company_id", "in", [False, self.company.id])]
        return self._named(value.agreement, own)

    def _improved(self, right):
        """The right of a collective agreement that a company rule makes better."""
        rules = self.env["hr.career.entitlement.rule"]
        if not right.improves_code:
            return rules
        agreements = self._named(
            right.improves_agreement,
            [
                ("company_id", "in", [False, self.company.id]),
                ("is_company_rules", "=", False),
            ],
        )
        versions = agreements.version_ids.sorted(lambda one: one._timeline_key())
        rules = versions.rule_ids.filtered(lambda one: one.code == right.improves_code)
        return rules[-1:]

    def _countries(self, codes):
        return self.env["res.country"].search([("code", "in", list(codes - {""}))])

    def _currencies(self, codes):
        currencies = self.env["res.currency"].with_context(active_test=False)
        return currencies.search([("name", "in", list(codes - {""}))])


def _is_in(agreements, right):
    """Tell whether the right a company rule improves is in the same file."""
    return bool(_in_file(agreements, right))


def _is_other(right, better):
    """Tell whether two rights are too different for one to improve the other."""
    interval = better.interval if isinstance(better, Right) else better.interval_kind
    return (better.unit, better.basis) != (right.unit, right.basis) or (
        right.interval and interval and right.interval != interval
    )


def _in_file(agreements, right):
    """Return the rights of the same file that a company rule improves."""
    if not right.improves_code:
        return []
    return [
        other
        for each in agreements
        if not each.company_rules
        and same(each.agreement) == same(right.improves_agreement)
        for other in each.rights
        if other.code == right.improves_code
    ]
