-- The largest sum of medical self-pay of one person, by household. A person whose rows have no
-- amount has a NULL sum, which MAX passes over.
SELECT
    household_id,
    MAX(person_sum) AS largest
FROM (
    SELECT
        household_id,
        person_id,
        CAST(SUM(amount) AS BIGINT) AS person_sum
    FROM events
    WHERE kind = 'medical_selfpaid'
        AND person_id IS NOT NULL
        AND occurred_on BETWEEN :year_from AND :as_of
    GROUP BY household_id, person_id
) persons_sums
GROUP BY household_id
