-- Statuses of whole households that hold on the last day, one row a household.
SELECT
    household_id,
    bool_or(kind = 'medical_insured') AS insured,
    bool_or(kind = 'pension_insured') AS pension,
    bool_or(kind = 'dibao') AS dibao,
    bool_or(kind = 'tekun') AS tekun,
    bool_or(kind = 'health_exempt_from_school') AS school_exempt,
    bool_or(kind = 'unsafe_water') AS unsafe_water
FROM statuses
WHERE person_id IS NULL
    AND started_on <= :as_of
    AND (ended_on IS NULL OR :as_of < ended_on)
    AND kind IN ('medical_insured', 'pension_insured', 'dibao', 'tekun', 'unsafe_water',
        'health_exempt_from_school')
GROUP BY household_id
