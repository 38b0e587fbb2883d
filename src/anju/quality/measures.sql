-- Help measures of monitored households since their inclusion, own or of a member.
SELECT
    h.household_id,
    count(*) AS measures,
    bool_or(m.level = 'industry') AS industry,
    bool_or(m.level = 'employment') AS employment,
    bool_or(m.level = 'public_post') AS public_post,
    bool_or(m.level = 'health') AS health_help,
    bool_or(m.level = 'compulsory_schooling') AS schooling_help,
    bool_or(m.level = 'relocation') AS relocation,
    bool_or(m.level = 'safety_net') AS safety_net,
    bool_or(m.level = 'social') AS social,
    bool_or(m.level IN ('industry', 'employment', 'finance', 'public_post')) AS developmental,
    bool_and(m.level = 'safety_net') AS only_safety_net
FROM (
    SELECT s.household_id, s.level, s.ended_on
    FROM statuses s
    WHERE s.kind = 'help_measure' AND s.person_id IS NULL AND s.started_on <= :as_of
    UNION ALL
    SELECT p.household_id, s.level, s.ended_on
    FROM statuses s
    JOIN persons p ON p.person_id = s.person_id
    WHERE s.kind = 'help_measure' AND s.started_on <= :as_of
        AND p.joined_on <= :as_of AND (p.left_on IS NULL OR :as_of < p.left_on)
) m
JOIN homes h ON h.household_id = m.household_id
WHERE h.monitored AND (m.ended_on IS NULL OR h.included_on IS NULL OR h.included_on < m.ended_on)
GROUP BY h.household_id
