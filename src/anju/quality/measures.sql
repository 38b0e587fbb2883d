-- Help measures of monitored households since their inclusion, own or of a member. `category` tells
-- which item a measure is, where its content says so.
SELECT
    h.household_id,
    count(*) AS measures,
    bool_or(m.level = 'industry') AS industry,
    bool_or(m.level = 'employment') AS employment,
    bool_or(m.level = 'public_post') AS public_post,
    bool_or(m.level = 'health') AS health_help,
    bool_or(m.level = 'education') AS education_help,
    bool_or(m.level = 'compulsory_schooling') AS schooling_help,
    bool_or(m.level = 'housing') AS housing_help,
    bool_or(m.level = 'relocation') AS relocation,
    bool_or(m.level = 'water') AS water_help,
    bool_or(m.level = 'safety_net') AS safety_net,
    bool_or(m.level = 'social') AS social,
    bool_or(m.developmental) AS developmental,
    bool_and(m.level = 'safety_net') AS only_safety_net,
    bool_or(m.developmental) AND NOT bool_or(
        m.developmental
        AND (m.category IS NULL OR NOT (m.category = 'other'
            OR (m.category = 'training' AND m.level = 'employment')))
    ) AS developmental_vague,
    bool_or(m.category = 'premium') AS premium_help,
    bool_or(m.category = 'premium' AND year(m.started_on) = year(h.included_on))
        AS premium_that_year,
    bool_or(m.category = 'migrant_subsidy') AS migrant_subsidy,
    bool_or(m.category = 'labour_export') AS labour_export,
    bool_or(m.category = 'dibao') AS dibao_help,
    bool_or(m.category = 'tekun') AS tekun_help,
    bool_or(m.category = 'disability_subsidy') AS disability_help
FROM (
    SELECT household_id, level, category, started_on, ended_on,
        level IN ('industry', 'employment', 'finance', 'public_post') AS developmental
    FROM (
        SELECT s.household_id, s.level, s.category, s.started_on, s.ended_on
        FROM statuses s
        WHERE s.kind = 'help_measure' AND s.person_id IS NULL AND s.started_on <= :as_of
        UNION ALL
        SELECT p.household_id, s.level, s.category, s.started_on, s.ended_on
        FROM statuses s
        JOIN persons p ON p.person_id = s.person_id
        WHERE s.kind = 'help_measure' AND s.started_on <= :as_of
            AND p.joined_on <= :as_of AND (p.left_on IS NULL OR :as_of < p.left_on)
    ) each_one
) m
JOIN homes h ON h.household_id = m.household_id
WHERE h.monitored AND (m.ended_on IS NULL OR h.included_on IS NULL OR h.included_on < m.ended_on)
GROUP BY h.household_id
