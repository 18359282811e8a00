"""An employer of 100,000, made by set-based SQL: contracts of thirty years.

Start days, versions, working hours, agreements and endings come from counters, so that
every run measures the same people.
"""

from datetime import date

#: Hours of a week of the working schedules; 36 is full time.
HOURS = (36, 36, 36, 32, 28, 24, 18)
FULL_TIME = 36
#: How the names of all these people begin.
MARK = "Measured person "
#: Nobody started before this day.
FIRST_DAY = date(1996, 1, 1)
#: Terms that begin later than this are not on record yet.
KNOWN = date(2026, 7, 31)
#: Days in thirty years.
SPREAD = 10_957


def make_schedules(env):
    """Return the ids of one working schedule for each of :data:`HOURS`."""
    by_hours = {}
    for hours in sorted(set(HOURS)):
        by_hours[hours] = env["resource.calendar"].create(
            {
                "name": f"{hours} hours a week",
                "company_id": False,
                "schedule_type": "flexible",
                "hours_per_week": hours,
                "full_time_required_hours": FULL_TIME,
                "hours_per_day": 8,
            }
        )
    return [by_hours[hours].id for hours in HOURS]


def make_people(env, number, agreement_ids):
    """Make ``number`` employees with one to four versions each; return their ids.

    One in seven came back after a break, one in eight has a fixed term that is over or
    not, one in fifty is leaving, some change hours next month. Every agreement covers
    as many.
    """
    resources = """
        INSERT INTO resource_resource
               (name, resource_type, tz, active, time_efficiency, company_id)
        SELECT %(mark)s || n, 'user', 'Europe/Amsterdam', true, 100, %(company)s
          FROM generate_series(1, %(number)s) n
    """
    employees = """
        INSERT INTO hr_employee
               (name, resource_id, company_id, active, birthday, create_date)
        SELECT resource.name, resource.id, %(company)s, true,
               DATE '1960-01-01' + resource.id * 79 %% 14600, now()
          FROM resource_resource resource
         WHERE resource.name LIKE %(mark)s || '%%'
      ORDER BY resource.id
        RETURNING id
    """
    versions = """
        WITH person AS (
            SELECT id, row_number() OVER (ORDER BY id)::int AS n
              FROM hr_employee
             WHERE name LIKE %(mark)s || '%%'
        ), hired AS (
            SELECT id, n, 1 + n %% 4 AS versions, n %% 7 = 0 AS came_back,
                   %(first_day)s::date + n * 79 %% %(spread)s AS start
              FROM person
        ), term AS (
            SELECT id, n, k, versions, start,
                   CASE WHEN came_back AND k > 0 THEN start + 900 ELSE start END
                       AS contract_start,
                   CASE WHEN came_back AND k = 0 AND versions > 1 THEN start + 700
                        WHEN n %% 8 = 0 THEN start + 2192 END AS contract_end,
                   start + k * 900 AS since
              FROM hired, generate_series(0, versions - 1) AS k
             WHERE k = 0 OR start + k * 900 <= %(known)s
        )
        INSERT INTO hr_version
               (employee_id, company_id, active, date_version, contract_date_start,
                contract_date_end, departure_date, career_agreement_id, employee_type,
                resource_calendar_id, wage, marital, distance_home_work_unit,
                hr_responsible_id, last_modified_uid, last_modified_date, name)
        SELECT id, %(company)s, true, since, contract_start,
               CASE WHEN contract_end >= since THEN contract_end END,
               CASE WHEN n %% 50 = 0 AND k = 0
                    THEN GREATEST(start, DATE '2027-01-31') END,
               (%(agreements)s)[1 + n %% %(kinds)s],
               CASE n %% 40 WHEN 0 THEN 'student' WHEN 1 THEN 'trainee'
                            ELSE 'employee' END,
               (%(schedules)s)[1 + (n + 3 * k) %% %(hours)s],
               2400 + n %% 300 * 10, 'single', 'kilometers',
               %(user)s, %(user)s, now(), 'Version'
          FROM term
    """
    schedules = make_schedules(env)
    env.flush_all()
    values = {
        "mark": MARK,
        "company": env.company.id,
        "number": number,
        "first_day": FIRST_DAY,
        "spread": SPREAD,
        "known": KNOWN,
        "agreements": agreement_ids,
        "kinds": len(agreement_ids),
        "schedules": schedules,
        "hours": len(schedules),
        "user": env.uid,
    }
    env.cr.execute(resources, values)
    env.cr.execute(employees, values)
    employee_ids = [row[0] for row in env.cr.fetchall()]
    env.cr.execute(versions, values)
    for table in ("resource_resource", "hr_employee", "hr_version"):
        env.cr.execute(f"ANALYZE {table}")  # pylint: disable=sql-injection
    env.invalidate_all()
    return employee_ids
