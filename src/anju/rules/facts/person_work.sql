-- Employment intervals that hold on the last day of the month, or of the month before; a row a person.
SELECT
    person_id,
    MAX(CASE WHEN ended_on IS NULL OR :as_of < ended_on THEN 1 ELSE 0 END) AS works,
    MAX(CASE WHEN started_on <= :last_month_end THEN 1 ELSE 0 END) AS worked_last_month
FROM employments
WHERE person_id IS NOT NULL
    AND started_on <= :as_of
    AND (ended_on IS NULL OR :last_month_end < ended_on)
GROUP BY person_id
