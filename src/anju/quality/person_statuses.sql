-- Statuses of single persons that hold on the last day, one row a person.
SELECT
    person_id,
    bool_or(kind = 'medical_insured') AS insured,
    bool_or(kind = 'pension_insured') AS pension,
    bool_or(kind = 'dibao') AS dibao,
    bool_or(kind = 'tekun') AS tekun,
    bool_or(kind = 'health_exempt_from_school') AS school_exempt,
    bool_or(kind = 'disabled') AS disabled,
    min(CASE WHEN kind = 'disabled' THEN TRY_CAST(level AS INTEGER) END) AS disability_grade,
    bool_or(kind = 'disabled' AND category = '4') AS limb_disabled,
    bool_or(kind = 'help_measure' AND level IN ('employment', 'public_post')) AS employment_measure,
    bool_or(kind = 'help_measure' AND category = 'yulu' AND year(started_on) = year(:as_of)) AS yulu,
    bool_or(kind = 'chronic') AS chronic,
    bool_or(kind = 'unsafe_water') AS unsafe_water
FROM statuses
WHERE person_id IS NOT NULL
    AND started_on <= :as_of
    AND (ended_on IS NULL OR :as_of < ended_on)
    AND kind IN ('medical_insured', 'pension_insured', 'dibao', 'tekun', 'disabled', 'unsafe_water',
        'health_exempt_from_school', 'help_measure', 'chronic')
GROUP BY person_id
