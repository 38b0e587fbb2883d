-- Statuses of whole households (no person named), one row a household; as person_flags.sql.
SELECT
    household_id,
    MAX(CASE WHEN kind = 'medical_insured' AND (ended_on IS NULL OR :as_of < ended_on)
        THEN 1 ELSE 0 END) AS insured,
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
WHERE person_id IS NULL
    AND kind <> 'help_measure'
GROUP BY household_id
