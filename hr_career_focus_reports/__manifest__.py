{
    "name": "Career Focus Reports",
    "summary": "Anonymised uptake of career guidance: frozen, rounded, safe figures",
    "version": "19.0.1.0.0",
    "category": "Human Resources",
    "author": "Career Focus maintainers",
    "website": "https://github.com/career-focus/career-focus",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["hr_career_focus"],
    "data": [
        "security/ir.model.access.csv",
        "security/release_rules.xml",
        "data/release_cron.xml",
    ],
    "demo": [],
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
