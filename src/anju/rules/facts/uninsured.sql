-- Members without medical insurance of their own; insurance of the whole household is seen to in
-- households.sql. An anti-join of two long lists: cheaper than a flag for everybody.
SELECT p.household_id, COUNT(*) AS uninsured
FROM persons p
ANTI JOIN (
    SELECT person_id
    FROM statuses
    WHERE kind = 'medical_insured'
        AND started_on <= :as_of
        AND (ended_on IS NULL OR :as_of < ended_on)
) s ON s.person_id = p.person_id
WHERE p.joined_on <= :as_of
    AND (p.left_on IS NULL OR :as_of < p.left_on)
GROUP BY p.household_id
