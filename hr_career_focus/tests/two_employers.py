"""A second employer for one login, with an agreement of its own."""

from datetime import date

from odoo.fields import Command


class TwoEmployers:
    """Mixin of a :class:`~.common.CareerCompany`: ``victim`` also works elsewhere."""

    @classmethod
    def make_second_employer(cls, name="Second Works", login="victim"):
        """Create a company that opened the service, and a job of ``login`` there."""
        company = cls.make_other_company(name)
        agreement = cls.env["hr.career.agreement"].create(
            {
                "name": f"CAO {name}",
                "version_ids": [
                    Command.create(
                        {
                            "verified_by": "A. Expert",
                            "verified_on": date(2019, 1, 1),
                            "rule_ids": [
                                Command.create(
                                    {
                                        "name": f"Scan of {name}",
                                        "unit": "scans",
                                        "quantity": 1,
                                        "interval_months": 60,
                                    }
                                )
                            ],
                        }
                    )
                ],
            }
        )
        company.career_agreement_id = agreement
        cls.users[login].company_ids += company
        cls.people[name] = (
            cls.env["hr.employee"]
            .with_company(company)
            .create(
                {
                    "name": f"{login.title()} Elsewhere",
                    "company_id": company.id,
                    "user_id": cls.users[login].id,
                    "date_version": date(2018, 1, 1),
                    "contract_date_start": date(2018, 1, 1),
                }
            )
        )
        cls.set_live(company, True)
        return company

    @classmethod
    def set_live(cls, company, live):
        """Open or close the service past the checklist, which has tests of its own."""
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE res_company SET career_live = %s WHERE id = %s", [live, company.id]
        )
        cls.env.invalidate_all()
