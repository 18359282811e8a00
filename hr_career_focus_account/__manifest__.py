{
    "name": "Career Focus Bills",
    "summary": "A settlement of career guidance becomes one neutral vendor bill",
    "version": "19.0.1.0.0",
    "category": "Human Resources",
    "author": "Career Focus maintainers",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["account", "hr_career_focus"],
    "auto_install": True,
    "data": [
        "views/settlement_views.xml",
        "views/res_config_settings_views.xml",
    ],
}
