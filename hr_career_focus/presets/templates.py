"""The templates that come with the addon: files in ``data/presets``."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .reading import read
from .values import Agreement

FOLDER = Path(__file__).resolve().parents[1] / "data" / "presets"


@dataclass(frozen=True)
class Template:
    """One file: its name without the ending, what is in it, and the agreement."""

    name: str
    data: bytes
    agreement: Agreement


@lru_cache(maxsize=1)
def shipped():
    """Every template, by country and name.

    >>> {one.agreement.country for one in shipped()} == {"BE", "NL"}
    True
    """
    return tuple(map(_template, sorted(FOLDER.glob("*.csv"))))


def template(name):
    """One template by the name of its file, or None.

    >>> template("nl_omroep").agreement.rights[0].interval_months
    60
    >>> template("../../etc/passwd") is None
    True
    """
    return next((each for each in shipped() if each.name == name), None)


def _template(path):
    data = path.read_bytes()
    sheet = read(data)
    if sheet.errors or len(sheet.agreements) != 1:
        raise ValueError(f"{path.name} is no template: {sheet.errors}")
    return Template(path.stem, data, sheet.agreements[0])
