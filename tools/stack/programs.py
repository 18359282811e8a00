"""Provides the two programs that Odoo calls: wkhtmltopdf and a browser."""

import os
import shlex
import shutil
import subprocess

from . import debian
from .stamps import Stamp, digest, need_space

#: Names under which Odoo's tests look for a browser, in their order.
BROWSERS = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
BROWSER_PACKAGES = ("chromium", "fonts-dejavu-core", "fonts-liberation")
DRIVER_PACKAGES = ("libatomic1",)
PDF_PACKAGES = ("libxrender1", "libxext6", "libx11-6", "libfontconfig1", "libfreetype6")
PDF_PACKAGES += ("fonts-dejavu-core",)
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{programs}/usr/share/fonts</dir>
  <cachedir>{programs}/fontcache</cachedir>
</fontconfig>
"""
WRAPPER = """#!/bin/sh
export LD_LIBRARY_PATH={libraries}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}
export FONTCONFIG_FILE={fonts}
export XDG_DATA_DIRS={share}:${{XDG_DATA_DIRS:-/usr/local/share:/usr/share}}
exec {program} "$@"
"""


def works(program):
    """Tell whether ``program`` starts, not only whether it is there."""
    try:
        return (
            subprocess.run(
                [program, "--version"],
                capture_output=True,
                check=False,
                timeout=60,
            ).returncode
            == 0
        )
    except OSError:
        return False


class Programs:
    """Programs below ``programs/``, each with a wrapper in ``bin/``."""

    def __init__(self, layout):
        self.layout = layout
        self.folder = layout / "programs"

    def ensure_pdf(self, say):
        """Have a wkhtmltopdf that prints headers and footers."""
        target = self.layout.bin / "wkhtmltopdf"
        packed = self.layout.venv / "bin" / "wkhtmltopdf-pack"
        if not packed.exists():
            own = shutil.which("wkhtmltopdf")
            return f"your own ({own})" if own else "none for this kind of processor"
        stamp = Stamp(self.layout, "wkhtmltopdf")
        value = digest(str(packed), str(packed.stat().st_size))
        if not stamp.holds(value) or not target.exists():
            target.unlink(missing_ok=True)
            if works(packed):
                target.symlink_to(packed)
            else:
                say("fetching the libraries it needs")
                self._fetch("pdf", PDF_PACKAGES)
                self._wrap(target, packed)
            stamp.record(value)
        return "wkhtmltopdf with headers and footers"

    def ensure_browser(self, say):
        """Have a Chromium that starts."""
        stamp = Stamp(self.layout, "browser")
        target = self.layout.bin / "chromium"
        if stamp.value and os.access(stamp.value, os.X_OK):
            return "private Chromium" if stamp.value == str(target) else stamp.value
        stamp.clear()
        target.unlink(missing_ok=True)
        own = next((p for p in map(shutil.which, BROWSERS) if p and works(p)), None)
        if own:
            target.symlink_to(own)
        else:
            need_space(self.layout.home, 1.5, "Chromium")
            say("fetching about 120 MB")
            self._fetch("browser", BROWSER_PACKAGES)
            self._wrap(target, self.folder / "usr/lib/chromium/chromium")
        stamp.record(own or str(target))
        return own or "private Chromium"

    def ensure_driver(self, say):
        """Have the Node.js that Playwright brings along start on this machine."""
        node = self.layout.site_packages / "playwright" / "driver" / "node"
        stamp = Stamp(self.layout, "driver")
        value = digest(str(node), str(node.stat().st_size))
        if not stamp.holds(value):
            self.driver.unlink(missing_ok=True)
            if not works(node):
                say("fetching the library it needs")
                self._fetch("driver", DRIVER_PACKAGES)
                self._wrap(self.driver, node)
            stamp.record(value)
        return "ready"

    @property
    def driver(self):
        """Stands in for Playwright's Node.js where that does not start by itself."""
        return self.layout.bin / "playwright-node"

    def _fetch(self, name, packages):
        suite = debian.codename()
        apt = debian.PrivateApt(self.layout, name, (suite,), knows_machine=True)
        apt.update()
        for archive in apt.download_missing(packages, apt.folder / "archives"):
            debian.unpack(self.layout, archive, self.folder)
        apt.forget()

    def _wrap(self, target, program):
        fonts = self.folder / "fonts.conf"
        fonts.write_text(FONTS_CONF.format(programs=self.folder))
        libraries = [self.folder / "usr/lib/chromium"]
        for folder in sorted(self.folder.glob("usr/lib/*-linux-gnu")):
            libraries += [folder, folder / "pulseaudio"]
        libraries += sorted(self.folder.glob("lib/*-linux-gnu"))
        target.write_text(
            WRAPPER.format(
                libraries=shlex.quote(":".join(map(str, libraries))),
                fonts=shlex.quote(str(fonts)),
                share=shlex.quote(str(self.folder / "usr/share")),
                program=shlex.quote(str(program)),
            )
        )
        target.chmod(0o755)
