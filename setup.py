"""Builds one wheel that holds the addons in the namespace ``odoo.addons``.

Installed beside Odoo 19.0, the addons are found without an addons path. The
namespace packages ``odoo`` and ``odoo.addons`` belong to Odoo: none of their
files are in the wheel.
"""

import ast
from pathlib import Path

from setuptools import find_packages, setup

ROOT = Path(__file__).parent
ADDONS = ("hr_career_focus", "hr_career_focus_reports", "hr_career_focus_account")
NOT_SHIPPED = {"__pycache__"}


def manifest(addon):
    """The manifest of an addon: its version and summary are said there only."""
    text = (ROOT / addon / "__manifest__.py").read_text(encoding="utf-8")
    return ast.literal_eval(text)


def data_files(addon):
    """Every file of an addon, for the package data, relative to the addon."""
    folder = ROOT / addon
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.suffix != ".pyc"
        and not NOT_SHIPPED.intersection(path.parts)
    ]


def packages(addon):
    """The addon and its packages, by the names Odoo imports them under."""
    main_name = f"odoo.addons.{addon}"
    inside = find_packages(str(ROOT / addon))
    return [main_name, *(f"{main_name}.{name}" for name in inside)]


main = manifest(ADDONS[0])
setup(
    name="odoo-addons-career-focus",
    version=main["version"],
    description=main["summary"],
    long_description=(ROOT / "README.md").read_text(encoding="utf-8")
    if (ROOT / "README.md").exists()
    else main["summary"],
    long_description_content_type="text/markdown",
    author=main["author"],
    license="LGPL-3.0-only",
    license_files=["LICENSE", "COPYING"],
    classifiers=[
        "Framework :: Odoo",
        "Framework :: Odoo :: 19.0",
        "Programming Language :: Python :: 3",
    ],
    python_requires=">=3.10",
    install_requires=["odoo>=19.0,<19.1", "cryptography", "psycopg2", "qrcode"],
    packages=[name for addon in ADDONS for name in packages(addon)],
    package_dir={f"odoo.addons.{addon}": addon for addon in ADDONS},
    package_data={f"odoo.addons.{addon}": data_files(addon) for addon in ADDONS},
    include_package_data=False,
    zip_safe=False,
)
