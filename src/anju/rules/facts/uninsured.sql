-- Members without medical insurance of their own; insurance of the whole household is seen to in
-- facts.sql. An anti-join of two long lists: cheaper than a flag for everybody.
SELECT p.household_id, COUNT(*) AS uninsured
FROM persons p
WHERE p.joined_on <= :as_of
    AND (p.left_on IS NULL OR :as_of < p.left_on)
    AND NOT EXISTS (
        SELECT 1
        FROM statuses s
        WHERE s.person_id = p.person_id
            AND s.kind = 'medical_insured'
            AND s.started_on <= :as_of
            AND (s.ended_on IS NULL OR :as_of < s.ended_on)
    )
GROUP BY p.household_id
