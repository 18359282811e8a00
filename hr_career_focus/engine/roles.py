"""Which roles may never meet in one login.

Coach and desk hold what an employee confides. HR, Access Rights and Settings decide
about that employee or about everybody's rights. A public visitor is nobody at all.
"""

GROUP_COACH = "hr_career_focus.group_coach"
GROUP_DESK = "hr_career_focus.group_desk"
GROUP_POLICY = "hr_career_focus.group_policy"
GROUP_OFFICER = "hr_career_focus.group_privacy_officer"
GROUP_FINANCE = "hr_career_focus.group_finance"
GROUP_WORKS_COUNCIL = "hr_career_focus.group_works_council"

CONFIDENTIAL_GROUPS = (GROUP_COACH, GROUP_DESK)
#: Who gets in with a second factor only, where the company wants one.
SECOND_FACTOR_GROUPS = (GROUP_COACH, GROUP_DESK, GROUP_OFFICER)
GROUP_PUBLIC = "base.group_public"

INCOMPATIBLE_GROUPS = (
    "hr.group_hr_user",
    GROUP_POLICY,
    "base.group_erp_manager",
    "base.group_system",
    GROUP_PUBLIC,
)
