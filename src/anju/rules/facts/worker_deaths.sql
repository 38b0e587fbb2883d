-- Deaths of workers by household: 2 = surely a worker on the day of death, 1 = cannot be known.
-- A person counts with the membership row in the household the event names, left or not.
SELECT
    household_id,
    COUNT(CASE WHEN verdict = 2 THEN 1 END) AS deaths,
    COUNT(CASE WHEN verdict = 1 THEN 1 END) AS deaths_unclear
FROM (
    SELECT
        d.household_id,
        CASE
            WHEN d.person_id IS NULL THEN 1
            WHEN p.person_id IS NULL THEN 0
            WHEN d.died - :labour_age_from * 10000 >= p.born
                AND d.died - (:labour_age_to + 1) * 10000 < p.born
                AND p.labour IN ('ordinary', 'skilled', 'weak')
                AND p.schooling NOT IN ('upper_secondary', 'tertiary') THEN 2
            WHEN (d.died - :labour_age_from * 10000 >= p.born
                AND d.died - (:labour_age_to + 1) * 10000 < p.born
                AND p.labour IN ('ordinary', 'skilled', 'weak')
                AND p.schooling NOT IN ('upper_secondary', 'tertiary')) IS NULL THEN 1
            ELSE 0
        END AS verdict
    FROM (
        SELECT
            household_id,
            person_id,
            (YEAR(occurred_on) * 100 + MONTH(occurred_on)) * 100 + DAY(occurred_on) AS died
        FROM events
        WHERE kind = 'death' AND occurred_on BETWEEN :year_from AND :as_of
    ) d
    LEFT JOIN (
        SELECT
            household_id,
            person_id,
            MAX(labour) AS labour,
            MAX(schooling) AS schooling,
            MAX((YEAR(born_on) * 100 + MONTH(born_on)) * 100 + DAY(born_on)) AS born
        FROM persons
        WHERE person_id IN (SELECT person_id FROM events WHERE kind = 'death')
        GROUP BY household_id, person_id
    ) p ON p.household_id = d.household_id AND p.person_id = d.person_id
) judged
GROUP BY household_id
