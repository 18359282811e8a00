from odoo.addons.hr_career_focus.vault.purged import ensure_list


def migrate(cr, version):
    """Begin the purge list, as an installation does now; one that is there stays."""
    ensure_list()
