-- Members of the last day, one row a membership, with what the checks ask of a person.
-- `own` columns come from statuses of the person; those of the whole household hold for everybody.
SELECT
    p.household_id,
    p.person_id,
    h.village_code,
    h.lifted_out,
    h.covered,
    h.monitored,
    h.monitored_open,
    h.monitored_removed,
    p.sex,
    p.relation,
    p.education,
    p.schooling,
    p.labour,
    p.health,
    p.health = '健康' AS healthy,
    contains(p.health, '残疾') AS said_disabled,
    p.has_identity,
    p.has_phone,
    p.born_on,
    (:day - ((year(p.born_on) * 100 + month(p.born_on)) * 100 + day(p.born_on))) // 10000 AS age,
    coalesce(s.insured, FALSE) OR coalesce(f.insured, FALSE) AS insured,
    coalesce(s.pension, FALSE) OR coalesce(f.pension, FALSE) AS pension,
    coalesce(s.dibao, FALSE) OR coalesce(f.dibao, FALSE) AS dibao,
    coalesce(s.tekun, FALSE) OR coalesce(f.tekun, FALSE) AS tekun,
    coalesce(s.school_exempt, FALSE) OR coalesce(f.school_exempt, FALSE) AS school_exempt,
    coalesce(s.employment_measure, FALSE) AS employment_measure,
    s.disability_grade,
    s.disability_grade IS NOT NULL OR coalesce(s.disabled, FALSE) AS has_card,
    coalesce(s.limb_disabled, FALSE) AS limb_disabled,
    w.person_id IS NOT NULL AS work_known,
    coalesce(w.works, FALSE) AS works,
    coalesce(w.works_away, FALSE) AS works_away,
    coalesce(w.posts, 0) AS posts,
    coalesce(o.homes, 1) AS homes,
    coalesce(s.yulu, FALSE) AS yulu,
    coalesce(s.chronic, FALSE) OR coalesce(i.ill, FALSE)
        OR coalesce(regexp_matches(p.health, '大病|慢性病'), FALSE) AS ill,
    n.identity_length,
    n.identity_valid,
    n.identity_twice,
    n.card_valid,
    n.phone_digits,
    n.phone_valid,
    n.phone_group
FROM persons p
JOIN homes h ON h.household_id = p.household_id
LEFT JOIN person_statuses s ON s.person_id = p.person_id
LEFT JOIN household_statuses f ON f.household_id = p.household_id
LEFT JOIN (
    SELECT person_id, count(*) AS homes
    FROM persons
    WHERE joined_on <= :as_of AND (left_on IS NULL OR :as_of < left_on)
    GROUP BY person_id
    HAVING count(*) > 1
) o ON o.person_id = p.person_id
LEFT JOIN numbers n ON n.person_id = p.person_id
LEFT JOIN (
    SELECT person_id, TRUE AS ill
    FROM events
    WHERE kind = 'serious_illness' AND occurred_on <= :as_of AND person_id IS NOT NULL
    GROUP BY person_id
) i ON i.person_id = p.person_id
LEFT JOIN (
    SELECT
        person_id,
        bool_or(holds) AS works,
        bool_or(holds AND channel = 'migrant') AS works_away,
        count(CASE WHEN holds AND channel = 'welfare_post' THEN 1 END) AS posts
    FROM (
        SELECT person_id, channel,
            started_on <= :as_of AND (ended_on IS NULL OR :as_of < ended_on) AS holds
        FROM employments
    ) intervals
    GROUP BY person_id
) w ON w.person_id = p.person_id
WHERE p.joined_on <= :as_of AND (p.left_on IS NULL OR :as_of < p.left_on)
