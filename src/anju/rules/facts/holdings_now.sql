-- Holdings on the last day, of the household or of a member, by household.
SELECT
    household_id,
    COUNT(CASE WHEN kind = 'vehicle' THEN 1 END) AS vehicles,
    CAST(SUM(CASE WHEN kind = 'vehicle' THEN value END) AS BIGINT) AS vehicles_value,
    COUNT(CASE WHEN kind = 'company' THEN 1 END) AS companies,
    COUNT(CASE WHEN kind = 'commercial_housing' THEN 1 END) AS commercial_housing
FROM (
    SELECT household_id, kind, value
    FROM holdings
    WHERE person_id IS NULL
        AND kind IN ('vehicle', 'company', 'commercial_housing')
        AND started_on <= :as_of
        AND (ended_on IS NULL OR :as_of < ended_on)
    UNION ALL
    SELECT p.household_id, o.kind, o.value
    FROM holdings o
    JOIN persons p ON p.person_id = o.person_id
    WHERE o.kind IN ('vehicle', 'company', 'commercial_housing')
        AND o.started_on <= :as_of
        AND (o.ended_on IS NULL OR :as_of < o.ended_on)
        AND p.joined_on <= :as_of
        AND (p.left_on IS NULL OR :as_of < p.left_on)
) held
GROUP BY household_id
