-- Members counted by household, those for whom a condition is surely true; unclear_people.sql counts
-- those for whom it cannot be known. Birthdays are compared as days: born on or before
-- :labour_born_latest is old enough.
SELECT
    household_id,
    COUNT(CASE WHEN here THEN 1 END) AS members,
    COUNT(CASE WHEN here_last_year THEN 1 END) AS members_last_year,
    COUNT(CASE WHEN here AND able THEN 1 END) AS labour,
    COUNT(CASE WHEN here AND able AND works = 1 THEN 1 END) AS employed,
    COUNT(CASE WHEN here AND able AND worked_last_month = 1 THEN 1 END) AS employed_last_month,
    COUNT(CASE WHEN here AND not_at_school THEN 1 END) AS out_of_school
FROM (
    SELECT
        p.household_id,
        p.left_on IS NULL OR :as_of < p.left_on AS here,
        p.joined_on <= :year_before AND (p.left_on IS NULL OR :year_before < p.left_on)
            AS here_last_year,
        p.born_on <= :labour_born_latest AND p.born_on > :labour_born_after
            AND p.labour IN ('ordinary', 'skilled', 'weak')
            AND p.schooling NOT IN ('upper_secondary', 'tertiary') AS able,
        p.born_on <= :school_born_latest AND p.born_on > :school_born_after
            AND p.schooling NOT IN ('compulsory', 'upper_secondary', 'tertiary') AS not_at_school,
        w.works,
        w.worked_last_month
    FROM persons p
    LEFT JOIN person_work w ON w.person_id = p.person_id
    WHERE p.joined_on <= :as_of
) memberships
GROUP BY household_id
