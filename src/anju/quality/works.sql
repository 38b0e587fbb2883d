-- Intervals of work of the members of the last day, one row an interval. `overlapping`: it began before
-- an earlier one of the same person had ended.
SELECT
    e.*,
    p.household_id,
    p.village_code,
    p.lifted_out,
    p.covered,
    p.monitored,
    p.monitored_open,
    p.monitored_removed,
    p.age,
    p.labour,
    p.schooling,
    p.tekun,
    p.phone_group,
    t.phone_group IS NOT NULL AS phone_elsewhere,
    (e.started_day - ((year(p.born_on) * 100 + month(p.born_on)) * 100 + day(p.born_on))) // 10000
        AS age_at_start,
    e.county_code[:6] <> p.village_code[:6] AS away
FROM (
    SELECT
        person_id,
        started_on,
        ended_on,
        channel,
        county_code,
        monthly_wage,
        has_employer,
        (year(started_on) * 100 + month(started_on)) * 100 + day(started_on) AS started_day,
        county_code IS NOT NULL AND length(county_code) >= 6 AND county_code[5:6] <> '00'
            AS county_known,
        -- Months begun, from the first day to the last or to now.
        CASE WHEN started_on < least(coalesce(ended_on, DATE '9999-12-31'), :as_of + 1)
            THEN date_diff('month', started_on,
                least(coalesce(ended_on - 1, DATE '9999-12-31'), :as_of)) + 1
            ELSE 0 END AS months,
        started_on <= :as_of AND (ended_on IS NULL OR :as_of < ended_on) AS holds,
        ended_on < started_on AS backwards,
        started_on < max(coalesce(ended_on, DATE '9999-12-31')) OVER (
            PARTITION BY person_id ORDER BY started_on, ended_on
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS overlapping
    FROM employments
) e
JOIN people p ON p.person_id = e.person_id
LEFT JOIN (
    SELECT phone_group
    FROM people
    WHERE works AND phone_group IS NOT NULL
    GROUP BY phone_group
    HAVING count(DISTINCT household_id) > 1
) t ON t.phone_group = p.phone_group
