-- Statuses of single persons, one row a person: what holds on the last day, on the last day of the
-- month three months before, and severe disabilities that began in the three-month window.
-- Medical insurance is left out (almost everybody has it): see uninsured.sql.
SELECT
    person_id,
    MAX(CASE WHEN kind = 'health_exempt_from_school' AND (ended_on IS NULL OR :as_of < ended_on)
        THEN 1 ELSE 0 END) AS school_exempt,
    MAX(CASE WHEN kind = 'unsafe_water' AND (ended_on IS NULL OR :as_of < ended_on)
        THEN 1 ELSE 0 END) AS unsafe_water,
    MAX(CASE WHEN kind = 'dibao' AND (ended_on IS NULL OR :as_of < ended_on)
        THEN 1 ELSE 0 END) AS on_dibao,
    MAX(CASE WHEN kind = 'tekun' AND (ended_on IS NULL OR :as_of < ended_on)
        THEN 1 ELSE 0 END) AS on_tekun,
    MAX(CASE WHEN kind IN ('dibao', 'tekun') AND started_on <= :three_months_before
            AND (ended_on IS NULL OR :three_months_before < ended_on)
        THEN 1 ELSE 0 END) AS allowance_before,
    COUNT(CASE WHEN kind = 'disabled' AND started_on >= :three_months_from
            AND level IN ('1', '2') THEN 1 END) AS disability_new,
    COUNT(CASE WHEN kind = 'disabled' AND started_on >= :three_months_from
            AND level IS NULL THEN 1 END) AS disability_unclear
FROM rare_statuses
WHERE person_id IS NOT NULL
    AND kind IN ('health_exempt_from_school', 'unsafe_water', 'dibao', 'tekun', 'disabled')
GROUP BY person_id
