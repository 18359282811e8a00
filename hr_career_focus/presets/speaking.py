"""The texts of an agreement in the languages it comes in."""

from dataclasses import replace

from .values import Agreement, Text
from .writing import tidied

#: Ending of a column -> the language of its texts.
LANGUAGES = {"nl": "nl_NL", "nl_be": "nl_BE"}

#: What is translated, by class and in its field of :mod:`.values`.
TRANSLATED = {"Agreement": ("sector",), "Text": ("note",)}
_RIGHT = ("name", "description")


def translated(value):
    """The translated fields of an agreement, a version or a right."""
    return TRANSLATED.get(type(value).__name__, _RIGHT)


def said(value, name, lang):
    """A text in a language; without one, Flemish is Dutch and Dutch is English.

    >>> from decimal import Decimal
    >>> from .values import Right
    >>> right = Right("a", "Career talk", "sessions", Decimal(1), name_nl="Gesprek")
    >>> [said(right, "name", lang) for lang in ("en_US", "nl_NL", "nl_BE")]
    ['Career talk', 'Gesprek', 'Gesprek']
    """
    source = getattr(value, name)
    dutch = getattr(value, f"{name}_nl") or source
    flemish = getattr(value, f"{name}_nl_be") or dutch
    return {"nl_NL": dutch, "nl_BE": flemish}.get(lang, source)


def spoken(value, languages):
    """An agreement as a database keeps it that knows these languages only.

    >>> from decimal import Decimal
    >>> from .values import Right
    >>> right = Right("a", "Career talk", "sessions", Decimal(1), name_nl="Gesprek")
    >>> spoken(right, ("en_US",)).name_nl, spoken(right, ("nl_BE",)).name_nl_be
    ('', 'Gesprek')
    """
    changes = {}
    for name in translated(value):
        source = getattr(value, name)
        dutch = said(value, name, "nl_NL") if "nl_NL" in languages else source
        flemish = said(value, name, "nl_BE") if "nl_BE" in languages else dutch
        changes |= {f"{name}_nl": dutch, f"{name}_nl_be": flemish}
    if isinstance(value, Agreement):
        parts = tuple(spoken(text, languages) for text in value.versions)
        changes["versions"] = parts
    elif isinstance(value, Text):
        changes["rights"] = tuple(spoken(right, languages) for right in value.rights)
    return tidied(replace(value, **changes))


def same_text(text, other, languages):
    """Tell whether two versions say the same, whatever the order of their rights.

    A version without a name is compared by what it says only.
    """

    def plain(one):
        one = spoken(one, languages)
        rights = tuple(sorted(one.rights, key=lambda right: right.code))
        return replace(one, rights=rights)

    text, other = plain(text), plain(other)
    if not text.version or not other.version:
        text, other = replace(text, version=""), replace(other, version="")
    return text == other
