"""Walk of what an administrator can make run: actions, automations, pages, scripts."""

import json
import re

from lxml import etree

from odoo.modules import Manifest
from odoo.tools import SQL

from .origin import OURS, ours
from .relations import mentions
from .tables import columns, has_table, rows

#: What of a server action says what it does. Named one by one: an addon installed later
#: adds columns of its own.
ACTION = (
    *("state", "code", "value", "evaluation_type", "update_path", "webhook_url"),
    *("usage", "resource_ref", "crud_model_id", "link_field_id", "parent_id"),
    "binding_model_id",
)
#: What of a provider of logins says whom it lets in.
LOGIN_WAYS = {
    "auth.oauth.provider": (
        *("enabled", "client_id", "auth_endpoint", "validation_endpoint"),
    ),
    "res.company.ldap": (
        *("ldap_server", "ldap_server_port", "ldap_filter", "create_user"),
    ),
}
#: Pages of others that a login of ours passes through: they, too, can carry a script.
ENTRANCES = (
    "web.login",
    "web.layout",
    "web.frontend_layout",
    "web.webclient_bootstrap",
    "auth_signup.reset_password",
    "auth_totp.auth_totp_form",
    "portal.portal_my_home",
    "portal.portal_my_security",
)
#: Attributes a translator may change; any other is part of what a page does.
WORDS = {
    "title",
    "placeholder",
    "alt",
    "label",
    "string",
    "help",
    "aria-label",
    "summary",
    "value_label",
    "data-tooltip",
}
BUNDLES = ("web.assets_frontend_minimal", "web.assets_frontend_lazy", "web.assets_web")


def walk(env, walk, origins):
    """Read everything that runs in the name of whoever opens a page."""
    _modules(env, walk)
    _actions(env, walk, origins)
    _automations(env, walk, origins)
    _jobs(env, walk, origins)
    _views(env, walk, origins)
    _assets(env, walk, origins)
    _login_ways(env, walk, origins)


def _modules(env, walk):
    """The version is that of the files on disk: the database's can be written over."""
    for name in installed(env):
        manifest = Manifest.for_addon(name, display_warning=False)
        walk.piece("module", name, manifest and manifest["version"])


def installed(env):
    """Return the addons that are installed, this one too while it is being so."""
    found = {
        row["name"]
        for row in rows(
            env,
            "SELECT name FROM ir_module_module WHERE state IN"
            " ('installed', 'to upgrade', 'to remove')",
        )
    }
    return sorted(found | {OURS})


def _actions(env, walk, origins):
    for row in rows(
        env,
        "SELECT a.id, a.create_uid, a.write_uid, a.name->>'en_US' AS label, m.model,"
        " %s FROM ir_act_server a LEFT JOIN ir_model m ON m.id = a.model_id"
        " ORDER BY a.id",
        columns("a", ACTION),
    ):
        key = origins.label("ir.actions.server", row["id"], row["label"] or "")
        piece = origins.piece("ir.actions.server", row)
        reaches = any(mentions(str(row[name])) for name in ("model", "code", "value"))
        runs = row["state"] in ("code", "webhook") or row["evaluation_type"] == (
            "equation"
        )
        value = {
            name: one
            for name, one in row.items()
            if one and name not in ("id", "create_uid", "write_uid", "label")
        }
        minor = not (reaches or runs)
        walk.piece("action", key, value, minor=minor, **piece)


def _automations(env, walk, origins):
    if not has_table(env, "base_automation"):
        return
    for row in rows(
        env,
        "SELECT b.id, b.create_uid, b.write_uid, b.name->>'en_US' AS label, b.active,"
        " b.trigger, b.filter_domain, b.filter_pre_domain, b.record_getter, m.model"
        " FROM base_automation b LEFT JOIN ir_model m ON m.id = b.model_id"
        " ORDER BY b.id",
    ):
        key = origins.label("base.automation", row["id"], row["label"] or "")
        piece = origins.piece("base.automation", row)
        value = [one for name, one in row.items() if name not in ("id", "label")]
        walk.piece("automation", key, value, **piece)


def _jobs(env, walk, origins):
    """Only our own jobs: what others run is among the server actions."""
    for row in rows(
        env,
        "SELECT id, create_uid, write_uid, active, user_id, interval_number,"
        " interval_type FROM ir_cron ORDER BY id",
    ):
        piece = origins.piece("ir.cron", row)
        if ours(piece["module"]):
            key = origins.label("ir.cron", row["id"])
            every = [row["interval_number"], row["interval_type"]]
            walk.piece("job", key, [row["active"], row["user_id"], every], **piece)


def _login_ways(env, walk, origins):
    """Whoever runs a provider of logins can log in as anyone."""
    for model, names in LOGIN_WAYS.items():
        table = model.replace(".", "_")
        if has_table(env, table):
            for row in rows(
                env,
                "SELECT t.id, t.create_uid, t.write_uid, %s FROM %s t ORDER BY t.id",
                columns("t", names),
                SQL.identifier(table),
            ):
                key = f"{model}: {origins.label(model, row['id'])}"
                value = [row[name] for name in names]
                walk.piece("login_way", key, value, **origins.piece(model, row))


# -- pages -------------------------------------------------------------------------


def _views(env, walk, origins):
    """The pages of the product, all they call, and all that alters those."""
    views = {
        row["id"]: row
        for row in rows(
            env,
            "SELECT id, create_uid, write_uid, key, inherit_id, active, mode, priority,"
            " arch_db::text AS arch FROM ir_ui_view WHERE type = 'qweb' ORDER BY id",
        )
    }
    for row in views.values():
        row["arch"] = json.loads(row["arch"] or "{}")
        row["label"] = origins.label("ir.ui.view", row["id"], row["key"] or "")
    for number in reached_views(views):
        row = views[number]
        label = row["label"]
        source = row["arch"].get("en_US") or ""
        parent = views.get(row["inherit_id"], {}).get("label", row["inherit_id"])
        value = [source, row["active"], row["mode"], row["priority"], parent]
        walk.piece("view", label, value, **origins.piece("ir.ui.view", row))
        for language in other_pages(row["arch"]):
            walk.find("view_language", f"view: {label} ({language})", language=language)


def reached_views(views):
    """Return the numbers of the views that can put something on a page of ours.

    >>> views = {
    ...     1: {"label": "hr_career_focus.page", "key": "", "inherit_id": None,
    ...         "arch": {"en_US": '<t t-call="web.frame"/>'}},
    ...     2: {"label": "web.frame", "key": "", "inherit_id": None, "arch": {}},
    ...     3: {"label": "#3", "key": "x", "inherit_id": 2, "arch": {}},
    ...     4: {"label": "sale.other", "key": "", "inherit_id": None, "arch": {}},
    ...     5: {"label": "#5", "key": "", "inherit_id": None,
    ...         "arch": {"en_US": "<p t-out=\\"env['hr.career.traject']\\"/>"}},
    ... }
    >>> reached_views(views)
    [1, 2, 3, 5]
    """
    by_name, children = {}, {}
    for number, row in views.items():
        for name in {row["label"], row["key"]} - {None, ""}:
            by_name.setdefault(name, set()).add(number)
        children.setdefault(row["inherit_id"], set()).add(number)
    open_ = [
        number
        for number, row in views.items()
        if row["label"].startswith("hr_career_focus")
        or row["label"] in ENTRANCES
        or row["key"] in ENTRANCES
        or any(mentions(arch) for arch in row["arch"].values())
    ]
    found = set()
    while open_:
        number = open_.pop()
        if number in found or number not in views:
            continue
        found.add(number)
        row = views[number]
        open_ += children.get(number, ())
        if row["inherit_id"]:
            open_.append(row["inherit_id"])
        for arch in row["arch"].values():
            for name in re.findall(r"""\bt-call=["']([\w.-]+)["']""", arch):
                open_ += by_name.get(name, ())
    return sorted(found)


def other_pages(arch):
    """Return the languages in which a page does something else than in English.

    A translation changes words. What it cannot change unnoticed: the elements, and
    every attribute that is no text.

    >>> other_pages({"en_US": "<p>Hello</p>", "nl_NL": "<p>Dag</p>"})
    []
    >>> evil = '<p>Dag<script src="//x"/></p>'
    >>> other_pages({"en_US": "<p>Hello</p>", "nl_NL": evil})
    ['nl_NL']
    """
    shapes = {language: _shape(text) for language, text in arch.items()}
    wanted = shapes.get("en_US")
    return sorted(
        language
        for language, shape in shapes.items()
        if shape != wanted and language != "en_US"
    )


def _shape(text):
    try:
        root = etree.fromstring(f"<all>{text}</all>".encode())
    except etree.XMLSyntaxError:
        return None
    return sorted(
        (
            str(node.tag),
            sorted(
                (name, value)
                for name, value in node.attrib.items()
                if name not in WORDS and not name.endswith(".translate")
            ),
        )
        for node in root.iter()
        if isinstance(node.tag, str)
    )


# -- scripts -----------------------------------------------------------------------


def _assets(env, walk, origins):
    for row in rows(
        env,
        "SELECT id, create_uid, write_uid, bundle, directive, path, target, active,"
        " sequence FROM ir_asset ORDER BY id",
    ):
        key = origins.label("ir.asset", row["id"], f"{row['bundle']} {row['path']}")
        value = [
            row[name]
            for name in ("bundle", "directive", "path", "target", "active", "sequence")
        ]
        walk.piece("asset", key, value, **origins.piece("ir.asset", row))
    for row in rows(
        env,
        "SELECT id, create_uid, write_uid, url, checksum FROM ir_attachment"
        " WHERE url LIKE '/%%' AND url NOT LIKE '/web/assets/%%'"
        " AND (url ~ '[.](js|mjs|scss|css|xml)$' OR mimetype ~ 'javascript|ecmascript')"
        " ORDER BY id",
    ):
        key = origins.label("ir.attachment", row["id"], row["url"])
        piece = origins.piece("ir.attachment", row)
        walk.piece("script", key, [row["url"], row["checksum"]], **piece)
    _bundles(env, walk)


def _bundles(env, walk):
    """The scripts that browsers get are those that the files on disk make."""
    attachments = env["ir.attachment"].sudo()
    for name in BUNDLES:
        bundle = env["ir.qweb"].sudo()._get_asset_bundle(name, css=False, js=True)
        url = bundle.get_asset_url(unique=bundle.get_version("js"), extension="min.js")
        stored = attachments.search([("url", "=", url)])
        if not stored:
            continue
        bundle.get_attachments = lambda extension, **more: None
        bundle.save_attachment = lambda extension, content: [content]
        made = bundle.js().encode()
        for one in stored:
            if one.raw != made:
                walk.find("bundle", f"script: {url}")
