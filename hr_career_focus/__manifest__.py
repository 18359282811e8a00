{
    "name": "Career Focus",
    "summary": "Career guidance employees can trust: a right by collective "
    "agreement, a confidential coach, nothing on the file",
    "version": "19.0.1.0.0",
    "category": "Human Resources",
    "author": "Career Focus maintainers",
    "website": "https://github.com/career-focus/career-focus",
    "license": "LGPL-3",
    "development_status": "Beta",
    "application": True,
    "depends": ["hr", "portal"],
    "external_dependencies": {"python": ["cryptography", "qrcode", "psycopg2"]},
    "data": [
        "security/hr_career_focus_groups.xml",
        "security/ir.model.access.csv",
        "security/agreement_rules.xml",
        "security/coach_rules.xml",
        "security/mandate_rules.xml",
        "data/coach_specialism_data.xml",
        "views/hr_career_focus_menus.xml",
        "views/page_layout.xml",
        "views/page_actions.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "hr_career_focus/static/src/scss/focus.scss",
            "hr_career_focus/static/src/js/focus_page.js",
            "hr_career_focus/static/src/js/focus_start.js",
        ],
        "web.assets_backend": [
            "hr_career_focus/static/src/js/page_frame.js",
            "hr_career_focus/static/src/scss/page_frame.scss",
            "hr_career_focus/static/src/xml/page_frame.xml",
        ],
    },
    "demo": [],
    "post_init_hook": "post_init_hook",
}
