"""Every call that is tried on a confidential model, each so that a success shows.

A call gets the model, the ids of the invented rows, and values with which one more such
row could be made. What it returns is looked at by :class:`.trying.Trial`: ``True``, one
of the rows' ids or one of their references means that it got through.
"""

from ..vault.sealing import new_ref

READERS = {
    "search": lambda model, ids, new: model.search([("id", "in", ids)]).ids,
    "search_read": lambda model, ids, new: model.search_read(
        [("id", "in", ids)], ["ref"]
    ),
    "search_count": lambda model, ids, new: model.search_count([("id", "in", ids)]),
    "read": lambda model, ids, new: model.browse(ids).read(["ref"]),
    "attribute": lambda model, ids, new: model.browse(ids).mapped("ref"),
    "web_read": lambda model, ids, new: model.browse(ids).web_read({"ref": {}}),
    "web_search_read": lambda model, ids, new: model.web_search_read(
        [("id", "in", ids)], {"ref": {}}
    ),
    "name_search": lambda model, ids, new: model.name_search("", [("id", "in", ids)]),
    "display_name": lambda model, ids, new: [
        (one.id, one.display_name) for one in model.browse(ids)
    ],
    "formatted_read_group": lambda model, ids, new: model.formatted_read_group(
        [("id", "in", ids)], ["ref"], ["__count"]
    ),
    "_read_group": lambda model, ids, new: model._read_group(
        [("id", "in", ids)], [], ["__count"]
    )[0][0],
    "export_data": lambda model, ids, new: model.browse(ids).export_data(["ref"]),
    "get_metadata": lambda model, ids, new: model.browse(ids).get_metadata(),
    "exists": lambda model, ids, new: model.browse(ids).exists().ids,
    # It reads the record, and answers with what computes from it.
    "onchange": lambda model, ids, new: (
        "value" in model.browse(ids[:1]).onchange({}, [], {"ref": {}})
    ),
    "copy": lambda model, ids, new: bool(model.browse(ids[:1]).copy(new).id),
    "load": lambda model, ids, new: bool(
        model.load([".id", "ref"], [[str(ids[0]), new_ref()]])["ids"]
    ),
}
WRITERS = {
    "write": lambda model, ids, new: model.browse(ids[:1]).write({"ref": new_ref()}),
    "create": lambda model, ids, new: bool(model.create(new).id),
    "unlink": lambda model, ids, new: model.browse(ids[:1]).unlink(),
}
#: Refused by the guard even where the vault is open: no program of ours needs them.
NEVER = ("copy", "load", "export_data", "get_metadata", "onchange")
#: What the database itself has no room for: a table of one row.
NO_ROOM = {("hr.career.access.head", name) for name in ("create", "copy")}
#: What an administrator's code can write; it hands back what it got as an error.
ACTION_CODE = "raise UserError(repr([%s]))"
ACTION_TRIES = (
    "env['%s'].sudo().search([('id', 'in', %s)]).read(['ref'])",
    "env['%s'].with_user(1).browse(%s).mapped('ref')",
    "env['%s'].sudo().with_context(scope=True).search([('id', 'in', %s)]).ids",
    "env['%s'].sudo()._read_group([('id', 'in', %s)], ['ref'])",
)
