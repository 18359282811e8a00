"""Where the key file of this server is.

In this order: the environment variable ``HR_CAREER_FOCUS_KEY_FILE`` (for a
mounted secret), then ``hr_career_focus/vault.key`` below Odoo's data
directory. The *path* is configuration; the key itself never is, because configuration
is copied into support bundles.
"""

import os
from pathlib import Path

from odoo.tools import config

ENVIRONMENT = "HR_CAREER_FOCUS_KEY_FILE"


def key_file() -> Path:
    """Return the path of the key file, whether or not it exists."""
    named = os.environ.get(ENVIRONMENT)
    if named:
        return Path(named)
    return Path(config["data_dir"]) / "hr_career_focus" / "vault.key"
