-- Members of whom it cannot be known whether they count as labour, or as out of school, because a
-- birth date, labour or schooling is NULL and nothing already false settles it.
SELECT
    household_id,
    COUNT(CASE WHEN able IS NULL THEN 1 END) AS labour,
    COUNT(CASE WHEN able IS NULL AND works = 1 THEN 1 END) AS employed,
    COUNT(CASE WHEN able IS NULL AND worked_last_month = 1 THEN 1 END) AS employed_last_month,
    COUNT(CASE WHEN not_at_school IS NULL THEN 1 END) AS out_of_school
FROM (
    SELECT
        p.household_id,
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
        AND (p.left_on IS NULL OR :as_of < p.left_on)
        AND (p.born_on IS NULL OR p.labour IS NULL OR p.schooling IS NULL)
) members
GROUP BY household_id
