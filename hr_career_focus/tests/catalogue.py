"""What the tests of both addons ask of a catalogue of terms."""

import re

import polib

from odoo.tools.misc import file_path

#: The languages of the product, with the file each of them reads.
LANGUAGES = {"nl_NL": "nl", "nl_BE": "nl_BE"}
#: Words that frighten or judge: no text of the product uses them.
UNWANTED = re.compile(
    r"\bexit|uitstroom|uitstromen|disfunction|begeleiding nodig", re.I
)
#: English that is no Dutch word: a text that was copied instead of translated.
ENGLISH = re.compile(r"\b(the|and|your|you|with|this|from|not|are|who)\b", re.I)
#: What a translation must take over as it is, however the words move.
PLACEHOLDER = re.compile(r"%\(\w+\)s|%%|%s|\{\{.*?\}\}")
TAG = re.compile(r"</?\w+|(?:class|id|data-cf-by|href)=\"[^\"]*\"")
#: Visible attributes of a page.
ATTRIBUTES = (
    "title",
    "aria-label",
    "placeholder",
    "alt",
    "data-label",
    "data-cf-label",
)


def catalogue(addon, name):
    """The catalogue of an addon; ``name`` is that of the file, without its ending."""
    extension = "pot" if name == addon else "po"
    return polib.pofile(file_path(f"{addon}/i18n/{name}.{extension}"))


def words(addon, name):
    """``{English: translation}``, the terms that are the same in both included."""
    return {
        entry.msgid: entry.msgstr or entry.msgid for entry in catalogue(addon, name)
    }


def faults(entries, same=frozenset()):
    """Return what is wrong with the entries of a catalogue, as sentences.

    :param same: terms that are the same in both languages; they are left empty
    """
    found = []
    for entry in entries:
        english, translated = entry.msgid, entry.msgstr
        if entry.fuzzy or entry.obsolete:
            found.append(f"fuzzy or obsolete: {english}")
        if not translated:
            if english not in same:
                found.append(f"not translated: {english}")
            continue
        is_code = any(place.startswith("code:") for place, _line in entry.occurrences)
        if is_code and _all(PLACEHOLDER, english) != _all(PLACEHOLDER, translated):
            found.append(f"other placeholders: {translated}")
        if _all(TAG, english) != _all(TAG, translated):
            found.append(f"other markup: {translated}")
        if UNWANTED.search(translated):
            found.append(f"unwanted word: {translated}")
        if ENGLISH.search(re.sub(r"<[^>]*>|\([A-Z][^)]*\)", " ", translated)):
            found.append(f"English: {translated}")
    return found


def _all(pattern, text):
    return sorted(pattern.findall(text))


def pieces(text):
    """The texts between the tags of a term, each on one line."""
    return {" ".join(piece.split()) for piece in re.split(r"<[^>]*>", text)} - {""}


def load_language(env, code, *addons):
    """Make a language ready, with the terms of the addons as the files have them."""
    env["res.lang"]._activate_lang(code)
    modules = env["ir.module.module"].search([("name", "in", addons)])
    modules._update_translations([code], overwrite=True)


def english_left(tree, *addons):
    """Return the English terms that a page in Dutch still shows.

    Only whole texts count: a name or a text somebody wrote is left alone.
    """
    english, dutch = set(), set()
    for addon in addons:
        terms = words(addon, "nl")
        english.update(*map(pieces, terms))
        dutch.update(*map(pieces, terms.values()))
    found = tree.xpath("//body//text()[not(parent::script)] | //head/title/text()")
    for name in ATTRIBUTES:
        found += tree.xpath(f"//body//@{name}")
    shown = {" ".join(text.split()) for text in found}
    return sorted(shown & (english - dutch))
