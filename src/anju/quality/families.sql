-- Households of the last day, one row a household, with what the checks ask of the whole.
SELECT
    h.household_id,
    CAST(NULL AS BIGINT) AS person_id,
    h.village_code,
    h.lifted_out,
    h.covered,
    h.monitored,
    h.monitored_open,
    h.monitored_removed,
    h.included_on,
    h.risk_removed_on,
    h.area_dm2,
    h.risk_removed_on < h.included_on AS removed_before_included,
    year(h.included_on) = year(:as_of) AS included_this_year,
    date_trunc('month', h.risk_removed_on) = date_trunc('month', :as_of) AS removed_this_month,
    -- Whole months; a month's last day ends a month begun on a day that it lacks.
    (year(h.risk_removed_on) - year(h.included_on)) * 12
        + month(h.risk_removed_on) - month(h.included_on)
        - CASE WHEN day(h.risk_removed_on) < day(h.included_on)
            AND h.risk_removed_on <> last_day(h.risk_removed_on) THEN 1 ELSE 0 END
        AS months_to_removal,
    (year(:as_of) - year(h.included_on)) * 12 + month(:as_of) - month(h.included_on)
        AS months_since_inclusion,
    -- Premiums of a year are paid by the end of March.
    h.included_on < make_date(year(:as_of), 4, 1) AS included_before_april,
    month(h.included_on) >= 4 AS included_after_premiums,
    coalesce(p.members, 0) AS members,
    coalesce(p.heads, 0) AS heads,
    p.same_sex_couple,
    coalesce(p.able, 0) AS able,
    coalesce(p.labour_unknown, 0) = 0 AS labour_known,
    coalesce(p.workers, 0) AS workers,
    coalesce(w.worked, FALSE) AS worked_since_inclusion,
    coalesce(w.worked_away, FALSE) AS away_since_inclusion,
    coalesce(w.newly_away, FALSE) AS newly_away_since_inclusion,
    coalesce(p.work_known, 0) AS work_known,
    p.able * 100 // p.members AS able_percent,
    p.full * 100 // p.members AS full_percent,
    coalesce(p.disabled, 0) AS disabled,
    coalesce(p.ill, 0) AS ill_members,
    coalesce(d.disaster_known, FALSE) AS disaster_known,
    coalesce(t.shared_phone, FALSE) AS shared_phone,
    c.* EXCLUDE (household_id),
    CASE WHEN p.members > 0 THEN p.uninsured END AS uninsured,
    coalesce(p.out_of_school, 0) AS out_of_school,
    p.has_phone,
    coalesce(p.dibao, FALSE) OR coalesce(f.dibao, FALSE) AS dibao,
    coalesce(p.tekun, FALSE) OR coalesce(f.tekun, FALSE) AS tekun,
    coalesce(p.severely_disabled, FALSE) AS severely_disabled,
    coalesce(p.unsafe_water, FALSE) OR coalesce(f.unsafe_water, FALSE) AS unsafe_water,
    g.housing_grade,
    coalesce(m.measures, 0) AS measures,
    coalesce(m.industry, FALSE) AS industry,
    coalesce(m.employment, FALSE) OR coalesce(m.public_post, FALSE) AS employment,
    coalesce(m.health_help, FALSE) AS health_help,
    coalesce(m.schooling_help, FALSE) AS schooling_help,
    coalesce(m.relocation, FALSE) AS relocation,
    coalesce(m.safety_net, FALSE) AS safety_net,
    coalesce(m.social, FALSE) AS social,
    coalesce(m.developmental, FALSE) AS developmental,
    coalesce(m.only_safety_net, FALSE) AS only_safety_net,
    coalesce(m.education_help, FALSE) AS education_help,
    coalesce(m.housing_help, FALSE) AS housing_help,
    coalesce(m.water_help, FALSE) AS water_help,
    coalesce(m.developmental_vague, FALSE) AS developmental_vague,
    coalesce(m.premium_help, FALSE) AS premium_help,
    coalesce(m.premium_that_year, FALSE) AS premium_that_year,
    coalesce(m.migrant_subsidy, FALSE) AS migrant_subsidy,
    coalesce(m.labour_export, FALSE) AS labour_export,
    coalesce(m.dibao_help, FALSE) AS dibao_help,
    coalesce(m.tekun_help, FALSE) AS tekun_help,
    coalesce(m.disability_help, FALSE) AS disability_help,
    CASE WHEN p.members > 0 AND i.quarters = 4 THEN i.net // p.members END AS income_per_head,
    CASE WHEN i.quarters = 4 THEN i.wage END AS wage_12m,
    CASE WHEN i.quarters = 4 THEN i.business END AS business_12m,
    CASE WHEN i.quarters = 4 THEN i.transfer END AS transfer_12m
FROM homes h
LEFT JOIN household_statuses f ON f.household_id = h.household_id
LEFT JOIN measures m ON m.household_id = h.household_id
LEFT JOIN (
    SELECT
        p.household_id,
        count(*) AS members,
        count(CASE WHEN relation = 'head' THEN 1 END) AS heads,
        max(CASE WHEN relation = 'head' THEN sex END)
            = max(CASE WHEN relation = 'spouse' THEN sex END) AS same_sex_couple,
        count(CASE WHEN labour IN ('ordinary', 'skilled', 'weak') THEN 1 END) AS able,
        count(CASE WHEN labour IN ('ordinary', 'skilled') THEN 1 END) AS full,
        count(CASE WHEN labour IS NULL THEN 1 END) AS labour_unknown,
        count(CASE WHEN work_known THEN 1 END) AS work_known,
        count(CASE WHEN has_card THEN 1 END) AS disabled,
        count(CASE WHEN ill THEN 1 END) AS ill,
        count(CASE WHEN works THEN 1 END) AS workers,
        count(CASE WHEN NOT insured THEN 1 END) AS uninsured,
        count(CASE WHEN age BETWEEN 6 AND 15 AND NOT school_exempt
            AND schooling IN ('none', 'preschool') THEN 1 END) AS out_of_school,
        bool_or(has_phone) AS has_phone,
        bool_or(dibao) AS dibao,
        bool_or(tekun) AS tekun,
        bool_or(disability_grade <= 2) AS severely_disabled,
        bool_or(s.unsafe_water) AS unsafe_water
    FROM people p
    LEFT JOIN (SELECT person_id, unsafe_water FROM person_statuses WHERE unsafe_water) s
        ON s.person_id = p.person_id
    GROUP BY p.household_id
) p ON p.household_id = h.household_id
LEFT JOIN since_inclusion w ON w.household_id = h.household_id
LEFT JOIN standings c ON c.household_id = h.household_id
LEFT JOIN (
    SELECT household_id, TRUE AS disaster_known
    FROM events
    WHERE kind = 'disaster' AND occurred_on <= :as_of
    GROUP BY household_id
) d ON d.household_id = h.household_id
LEFT JOIN (
    SELECT DISTINCT household_id, TRUE AS shared_phone
    FROM works
    WHERE holds AND phone_group IS NOT NULL
    GROUP BY household_id, phone_group
    HAVING count(DISTINCT person_id) > 1 AND count(DISTINCT county_code[:6]) > 1
) t ON t.household_id = h.household_id
LEFT JOIN (
    SELECT household_id, arg_max(level, (occurred_on, level)) AS housing_grade
    FROM events
    WHERE kind = 'housing_graded' AND occurred_on <= :as_of
        AND level IN ('A', 'B', 'C', 'D')
    GROUP BY household_id
) g ON g.household_id = h.household_id
LEFT JOIN (
    SELECT
        household_id,
        count(wage + business - business_cost + property + transfer) AS quarters,
        CAST(sum(wage + business - business_cost + property + transfer) AS BIGINT) AS net,
        CAST(sum(wage) AS BIGINT) AS wage,
        CAST(sum(business) AS BIGINT) AS business,
        CAST(sum(transfer) AS BIGINT) AS transfer
    FROM incomes
    WHERE quarter IN (:quarters)
    GROUP BY household_id
) i ON i.household_id = h.household_id
