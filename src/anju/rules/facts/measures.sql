-- Help measures of monitored households since their inclusion, own or of a member. Without a day of
-- inclusion only those that hold on the last day can be told to belong to it.
SELECT
    h.household_id,
    COUNT(*) AS help_measures,
    COUNT(CASE WHEN m.level IN ('industry', 'employment', 'finance', 'public_post') THEN 1 END)
        AS developmental,
    COUNT(CASE WHEN m.level IS NULL THEN 1 END) AS unclear
FROM (
    SELECT household_id, level, ended_on
    FROM rare_statuses
    WHERE kind = 'help_measure' AND person_id IS NULL
    UNION ALL
    SELECT p.household_id, s.level, s.ended_on
    FROM rare_statuses s
    JOIN persons p ON p.person_id = s.person_id
    WHERE s.kind = 'help_measure'
        AND p.joined_on <= :as_of
        AND (p.left_on IS NULL OR :as_of < p.left_on)
) m
JOIN households h ON h.household_id = m.household_id
WHERE h.monitored_kind IS NOT NULL
    AND (h.included_on IS NULL OR h.included_on <= :as_of)
    AND (h.risk_removed_on IS NULL OR h.risk_removed_on > :as_of)
    AND (m.ended_on IS NULL
        OR h.included_on IS NULL AND :as_of < m.ended_on
        OR h.included_on < m.ended_on)
GROUP BY h.household_id
