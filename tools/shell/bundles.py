# Read by "odoo shell": makes the bundles of scripts and styles that every page of
# a fresh database would wait for.
BUNDLES = (
    "web.assets_web",
    "web.assets_frontend",
    "web.assets_frontend_lazy",
    "web.assets_frontend_minimal",
    "web.assets_tests",
    "web.__assets_tests_call__",
    "web.report_assets_common",
    "web.report_assets_pdf",
)
for name in BUNDLES:
    bundle = env["ir.qweb"]._get_asset_bundle(name, css=True, js=True)  # noqa: F821
    bundle.css()
    bundle.js()
env.cr.commit()  # noqa: F821
