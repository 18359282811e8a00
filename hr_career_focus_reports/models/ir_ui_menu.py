"""The uptake menu is there for those who have figures to read."""

from odoo import models

PAGE_MENU = "hr_career_focus_reports.uptake_page_menu"


class IrUiMenu(models.Model):
    """Leaves out the menu of a page that does not exist for the reader.

    Who manages a department changes without any group changing, so the answer is looked
    up at each load instead of being cached with the menus.
    """

    _inherit = "ir.ui.menu"

    def load_menus(self, debug):
        menus = super().load_menus(debug)
        page = self.env.ref(PAGE_MENU, raise_if_not_found=False)
        if not page or page.id not in menus or self.env.user._career_reads_uptake():
            return menus
        return self._career_without(menus, page)

    def _career_without(self, menus, menu):
        """Return `menus` without `menu` and without what is empty because of that."""
        menus = dict(menus)
        while menu and not menus[menu.id]["children"]:
            del menus[menu.id]
            above = menu.parent_id
            key = above.id or "root"
            children = [child for child in menus[key]["children"] if child != menu.id]
            menus[key] = menus[key] | {"children": children}
            menu = above if above and not menus[key]["action_id"] else None
        return menus
