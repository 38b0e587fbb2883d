-- Members counted by household. A condition over NULL is NULL unless something already false
-- settles it: COUNT takes the surely true, the *_unclear columns the NULL ones.
-- Birthdays are compared as days: born on or before :labour_born_latest is old enough.
SELECT
    household_id,
    COUNT(here) AS members,
    COUNT(here_last_year) AS members_last_year,
    COUNT(CASE WHEN here = 1 AND able THEN 1 END) AS labour,
    COUNT(CASE WHEN here = 1 AND able IS NULL THEN 1 END) AS labour_unclear,
    COUNT(CASE WHEN here = 1 AND able AND works = 1 THEN 1 END) AS employed,
    COUNT(CASE WHEN here = 1 AND able IS NULL AND works = 1 THEN 1 END) AS employed_unclear,
    COUNT(CASE WHEN here = 1 AND able AND worked_last_month = 1 THEN 1 END) AS employed_last_month,
    COUNT(CASE WHEN here = 1 AND able IS NULL AND worked_last_month = 1 THEN 1 END)
        AS employed_last_month_unclear,
    COUNT(CASE WHEN here = 1 AND not_at_school THEN 1 END) AS out_of_school,
    COUNT(CASE WHEN here = 1 AND not_at_school IS NULL THEN 1 END) AS out_of_school_unclear,
    MAX(CASE WHEN here = 1 THEN unsafe_water ELSE 0 END) AS unsafe_water,
    MAX(CASE WHEN here = 1 THEN on_dibao ELSE 0 END) AS on_dibao,
    MAX(CASE WHEN here = 1 THEN on_tekun ELSE 0 END) AS on_tekun,
    MAX(CASE WHEN here_before = 1 THEN allowance_before ELSE 0 END) AS allowance_before,
    CAST(SUM(CASE WHEN here = 1 THEN disability_new ELSE 0 END) AS BIGINT) AS disability_new,
    CAST(SUM(CASE WHEN here = 1 THEN disability_unclear ELSE 0 END) AS BIGINT)
        AS disability_unclear
FROM (
    SELECT
        p.household_id,
        CASE WHEN p.left_on IS NULL OR :as_of < p.left_on THEN 1 END AS here,
        CASE WHEN p.joined_on <= :year_before AND (p.left_on IS NULL OR :year_before < p.left_on)
            THEN 1 END AS here_last_year,
        CASE WHEN p.joined_on <= :three_months_before
                AND (p.left_on IS NULL OR :three_months_before < p.left_on)
            THEN 1 END AS here_before,
        p.born_on <= :labour_born_latest AND p.born_on > :labour_born_after
            AND p.labour IN ('ordinary', 'skilled', 'weak')
            AND p.schooling NOT IN ('upper_secondary', 'tertiary') AS able,
        p.born_on <= :school_born_latest AND p.born_on > :school_born_after
            AND p.schooling NOT IN ('compulsory', 'upper_secondary', 'tertiary')
            AND COALESCE(f.school_exempt, 0) = 0 AS not_at_school,
        w.works,
        w.worked_last_month,
        f.unsafe_water,
        f.on_dibao,
        f.on_tekun,
        f.allowance_before,
        f.disability_new,
        f.disability_unclear
    FROM persons p
    LEFT JOIN person_flags f ON f.person_id = p.person_id
    LEFT JOIN person_work w ON w.person_id = p.person_id
    WHERE p.joined_on <= :as_of
) memberships
GROUP BY household_id
