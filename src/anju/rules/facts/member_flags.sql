-- Statuses of members gathered by household; only persons with such a status are looked at.
-- `exempt_*` count those whom people.sql takes for out of school although their health exempts them.
SELECT
    p.household_id,
    MAX(CASE WHEN p.left_on IS NULL OR :as_of < p.left_on THEN f.unsafe_water ELSE 0 END)
        AS unsafe_water,
    MAX(CASE WHEN p.left_on IS NULL OR :as_of < p.left_on THEN f.on_dibao ELSE 0 END) AS on_dibao,
    MAX(CASE WHEN p.left_on IS NULL OR :as_of < p.left_on THEN f.on_tekun ELSE 0 END) AS on_tekun,
    MAX(CASE WHEN p.joined_on <= :three_months_before
            AND (p.left_on IS NULL OR :three_months_before < p.left_on)
        THEN f.allowance_before ELSE 0 END) AS allowance_before,
    CAST(SUM(CASE WHEN p.left_on IS NULL OR :as_of < p.left_on THEN f.disability_new ELSE 0 END)
        AS BIGINT) AS disability_new,
    CAST(SUM(CASE WHEN p.left_on IS NULL OR :as_of < p.left_on THEN f.disability_unclear ELSE 0 END)
        AS BIGINT) AS disability_unclear,
    COUNT(CASE WHEN f.school_exempt = 1 AND (p.left_on IS NULL OR :as_of < p.left_on)
            AND p.born_on <= :school_born_latest AND p.born_on > :school_born_after
            AND p.schooling NOT IN ('compulsory', 'upper_secondary', 'tertiary')
        THEN 1 END) AS exempt_out_of_school,
    COUNT(CASE WHEN f.school_exempt = 1 AND (p.left_on IS NULL OR :as_of < p.left_on)
            AND (p.born_on <= :school_born_latest AND p.born_on > :school_born_after
                AND p.schooling NOT IN ('compulsory', 'upper_secondary', 'tertiary')) IS NULL
        THEN 1 END) AS exempt_unclear
FROM person_flags f
JOIN persons p ON p.person_id = f.person_id
WHERE p.joined_on <= :as_of
GROUP BY p.household_id
