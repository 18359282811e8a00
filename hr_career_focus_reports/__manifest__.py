{
    "name": "Career Focus Reports",
    "summary": "Anonymised uptake of career guidance: frozen, rounded, safe figures",
    "version": "19.0.1.0.0",
    "category": "Human Resources",
    "author": "Career Focus maintainers",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["hr_career_focus"],
    "data": [
        "security/ir.model.access.csv",
        "security/release_rules.xml",
        "data/release_cron.xml",
        "views/release_views.xml",
        "views/release_cell_views.xml",
        "views/uptake_page.xml",
        "views/uptake_parts.xml",
        "views/uptake_actions.xml",
        "views/res_company_views.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "hr_career_focus_reports/static/src/scss/uptake.scss",
        ],
    },
    "demo": ["demo/demo_data.xml"],
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
