-- The monitoring job of shiquan-2023 for September 2023 as somebody would write it by hand, with every
-- date, age and threshold in place. Statements are parted by blank lines with a semicolon; words in
-- braces differ between DuckDB and PostgreSQL (see handwritten.py).

CREATE {temp} TABLE work AS
SELECT person_id,
    max(CASE WHEN ended_on IS NULL OR ended_on > DATE '2023-09-30' THEN 1 ELSE 0 END) AS works,
    max(CASE WHEN started_on <= DATE '2023-08-31' THEN 1 ELSE 0 END) AS worked
FROM employments
WHERE started_on <= DATE '2023-09-30' AND (ended_on IS NULL OR ended_on > DATE '2023-08-31')
GROUP BY person_id;

CREATE {temp} TABLE own AS
SELECT person_id, household_id,
    max(CASE WHEN kind = 'medical_insured' AND now THEN 1 ELSE 0 END) AS insured,
    max(CASE WHEN kind = 'health_exempt_from_school' AND now THEN 1 ELSE 0 END) AS exempt,
    max(CASE WHEN kind = 'unsafe_water' AND now THEN 1 ELSE 0 END) AS water,
    max(CASE WHEN kind = 'dibao' AND now THEN 1 ELSE 0 END) AS dibao,
    max(CASE WHEN kind = 'tekun' AND now THEN 1 ELSE 0 END) AS tekun,
    max(CASE WHEN kind IN ('dibao', 'tekun') AND before THEN 1 ELSE 0 END) AS allowance,
    count(CASE WHEN kind = 'disabled' AND new AND level IN ('1', '2') THEN 1 END) AS disabled,
    count(CASE WHEN kind = 'disabled' AND new AND level IS NULL THEN 1 END) AS disabled_unclear
FROM (
    SELECT person_id, CASE WHEN person_id IS NULL THEN household_id END AS household_id, kind, level,
        ended_on IS NULL OR ended_on > DATE '2023-09-30' AS now,
        started_on <= DATE '2023-06-30' AND (ended_on IS NULL OR ended_on > DATE '2023-06-30') AS before,
        started_on >= DATE '2023-07-01' AS new
    FROM statuses
    WHERE started_on <= DATE '2023-09-30'
        AND (kind IN ('health_exempt_from_school', 'unsafe_water', 'dibao', 'tekun', 'disabled')
            OR kind = 'medical_insured' AND person_id IS NULL)
) s
GROUP BY 1, 2;

CREATE {temp} TABLE people AS
SELECT household_id,
    count(CASE WHEN here THEN 1 END) AS members,
    count(CASE WHEN here_last_year THEN 1 END) AS members_last_year,
    count(CASE WHEN here AND able THEN 1 END) AS labour,
    count(CASE WHEN here AND able AND works = 1 THEN 1 END) AS employed,
    count(CASE WHEN here AND able AND worked = 1 THEN 1 END) AS employed_last_month,
    count(CASE WHEN here AND truant THEN 1 END) AS truants
FROM (
    SELECT p.household_id, w.works, w.worked,
        p.left_on IS NULL OR p.left_on > DATE '2023-09-30' AS here,
        p.joined_on <= DATE '2022-09-30' AND (p.left_on IS NULL OR p.left_on > DATE '2022-09-30')
            AS here_last_year,
        p.born_on <= DATE '2007-09-30' AND p.born_on > DATE '1958-09-30'
            AND p.labour IN ('ordinary', 'skilled', 'weak')
            AND p.schooling NOT IN ('upper_secondary', 'tertiary') AS able,
        p.born_on <= DATE '2017-09-30' AND p.born_on > DATE '2007-09-30'
            AND p.schooling NOT IN ('compulsory', 'upper_secondary', 'tertiary') AS truant
    FROM persons p LEFT JOIN work w ON w.person_id = p.person_id
    WHERE p.joined_on <= DATE '2023-09-30'
) m
GROUP BY household_id;

CREATE {temp} TABLE unclear AS
SELECT household_id,
    count(CASE WHEN able IS NULL THEN 1 END) AS labour,
    count(CASE WHEN able IS NULL AND works = 1 THEN 1 END) AS employed,
    count(CASE WHEN able IS NULL AND worked = 1 THEN 1 END) AS employed_last_month,
    count(CASE WHEN truant IS NULL THEN 1 END) AS truants
FROM (
    SELECT p.household_id, w.works, w.worked,
        p.born_on <= DATE '2007-09-30' AND p.born_on > DATE '1958-09-30'
            AND p.labour IN ('ordinary', 'skilled', 'weak')
            AND p.schooling NOT IN ('upper_secondary', 'tertiary') AS able,
        p.born_on <= DATE '2017-09-30' AND p.born_on > DATE '2007-09-30'
            AND p.schooling NOT IN ('compulsory', 'upper_secondary', 'tertiary') AS truant
    FROM persons p LEFT JOIN work w ON w.person_id = p.person_id
    WHERE p.joined_on <= DATE '2023-09-30' AND (p.left_on IS NULL OR p.left_on > DATE '2023-09-30')
        AND (p.born_on IS NULL OR p.labour IS NULL OR p.schooling IS NULL)
) m
GROUP BY household_id;

CREATE {temp} TABLE through AS
SELECT p.household_id,
    max(CASE WHEN here THEN water ELSE 0 END) AS water,
    max(CASE WHEN here THEN dibao ELSE 0 END) AS dibao,
    max(CASE WHEN here THEN tekun ELSE 0 END) AS tekun,
    max(CASE WHEN p.joined_on <= DATE '2023-06-30' AND (p.left_on IS NULL OR p.left_on > DATE '2023-06-30')
        THEN allowance ELSE 0 END) AS allowance,
    CAST(sum(CASE WHEN here THEN disabled ELSE 0 END) AS BIGINT) AS disabled,
    CAST(sum(CASE WHEN here THEN disabled_unclear ELSE 0 END) AS BIGINT) AS disabled_unclear,
    count(CASE WHEN here AND exempt = 1 AND truant THEN 1 END) AS excused,
    count(CASE WHEN here AND exempt = 1 AND truant IS NULL THEN 1 END) AS excused_unclear
FROM own
JOIN (
    SELECT person_id, household_id, joined_on, left_on,
        left_on IS NULL OR left_on > DATE '2023-09-30' AS here,
        born_on <= DATE '2017-09-30' AND born_on > DATE '2007-09-30'
            AND schooling NOT IN ('compulsory', 'upper_secondary', 'tertiary') AS truant
    FROM persons WHERE joined_on <= DATE '2023-09-30'
) p ON p.person_id = own.person_id
GROUP BY p.household_id;

CREATE {temp} TABLE uninsured AS
SELECT p.household_id, count(*) AS uninsured
FROM persons p {anti_join_insured}
GROUP BY p.household_id;

CREATE {temp} TABLE money AS
SELECT household_id,
    CAST(sum(CASE WHEN quarter >= 20231 THEN net END) AS BIGINT) AS now,
    count(CASE WHEN quarter >= 20231 THEN net END) AS now_known,
    CAST(sum(CASE WHEN quarter <= 20223 THEN net END) AS BIGINT) AS before,
    count(CASE WHEN quarter <= 20223 THEN net END) AS before_known,
    max(CASE WHEN quarter = 20224 THEN net END) AS fourth
FROM (
    SELECT household_id, quarter, wage + business - business_cost + property + transfer AS net
    FROM incomes
    WHERE quarter IN (20221, 20222, 20223, 20224, 20231, 20232, 20233)
) q
GROUP BY household_id;

CREATE {temp} TABLE happened AS
SELECT household_id,
    count(CASE WHEN kind = 'medical_selfpaid' AND y THEN 1 END) AS medical_rows,
    CAST(sum(CASE WHEN kind = 'medical_selfpaid' AND y THEN amount END) AS BIGINT) AS medical,
    count(CASE WHEN kind = 'tuition' AND y THEN 1 END) AS tuition_rows,
    CAST(sum(CASE WHEN kind = 'tuition' AND y THEN amount END) AS BIGINT) AS tuition,
    count(CASE WHEN kind = 'disaster' AND y THEN 1 END) AS disaster_rows,
    CAST(sum(CASE WHEN kind = 'disaster' AND y THEN amount END) AS BIGINT) AS disaster,
    count(CASE WHEN kind = 'accident' AND y THEN 1 END) AS accident_rows,
    CAST(sum(CASE WHEN kind = 'accident' AND y THEN amount END) AS BIGINT) AS accident,
    count(CASE WHEN kind = 'serious_illness' AND m THEN 1 END) AS ill,
    count(CASE WHEN kind = 'loan_overdue' AND m THEN 1 END) AS overdue,
    count(CASE WHEN kind = 'water_cut' AND m THEN 1 END) AS cuts,
    CAST(sum(CASE WHEN kind = 'water_cut' AND m AND {digits} THEN CAST(level AS BIGINT) END) AS BIGINT)
        AS cut_days,
    max(CASE WHEN kind = 'housing_graded' THEN (occurred_on - DATE '1900-01-01') * 10
        + CASE level WHEN 'A' THEN 1 WHEN 'B' THEN 2 WHEN 'C' THEN 3 WHEN 'D' THEN 4 ELSE 0 END END)
        AS graded
FROM (
    SELECT household_id, kind, occurred_on, amount, level,
        occurred_on >= DATE '2022-10-01' AS y, occurred_on >= DATE '2023-07-01' AS m
    FROM events
    WHERE occurred_on <= DATE '2023-09-30' AND (kind = 'housing_graded'
        OR occurred_on >= DATE '2023-07-01' AND kind IN ('serious_illness', 'loan_overdue', 'water_cut')
        OR occurred_on >= DATE '2022-10-01'
            AND kind IN ('medical_selfpaid', 'tuition', 'disaster', 'accident'))
) e
GROUP BY household_id;

CREATE {temp} TABLE sick AS
SELECT household_id, max(total) AS largest
FROM (
    SELECT household_id, person_id, CAST(sum(amount) AS BIGINT) AS total
    FROM events
    WHERE kind = 'medical_selfpaid' AND person_id IS NOT NULL
        AND occurred_on BETWEEN DATE '2022-10-01' AND DATE '2023-09-30'
    GROUP BY household_id, person_id
) x
GROUP BY household_id;

CREATE {temp} TABLE deaths AS
SELECT household_id, count(CASE WHEN worker THEN 1 END) AS sure,
    count(CASE WHEN worker IS NULL THEN 1 END) AS unclear
FROM (
    SELECT d.household_id,
        CASE WHEN d.person_id IS NULL THEN NULL WHEN p.person_id IS NULL THEN FALSE
            ELSE p.born_on + INTERVAL '16 years' <= d.occurred_on
                AND p.born_on + INTERVAL '65 years' > d.occurred_on
                AND p.labour IN ('ordinary', 'skilled', 'weak')
                AND p.schooling NOT IN ('upper_secondary', 'tertiary') END AS worker
    FROM events d
    LEFT JOIN persons p ON p.household_id = d.household_id AND p.person_id = d.person_id
    WHERE d.kind = 'death' AND d.occurred_on BETWEEN DATE '2022-10-01' AND DATE '2023-09-30'
) x
GROUP BY household_id;

CREATE {temp} TABLE owned AS
SELECT household_id, count(CASE WHEN kind = 'vehicle' THEN 1 END) AS vehicles,
    CAST(sum(CASE WHEN kind = 'vehicle' THEN value END) AS BIGINT) AS vehicles_value,
    count(CASE WHEN kind = 'company' THEN 1 END) AS companies,
    count(CASE WHEN kind = 'commercial_housing' THEN 1 END) AS commercial_housing
FROM (
    SELECT coalesce(p.household_id, o.household_id) AS household_id, o.kind, o.value
    FROM holdings o LEFT JOIN persons p ON p.person_id = o.person_id
        AND p.joined_on <= DATE '2023-09-30' AND (p.left_on IS NULL OR p.left_on > DATE '2023-09-30')
    WHERE o.started_on <= DATE '2023-09-30' AND (o.ended_on IS NULL OR o.ended_on > DATE '2023-09-30')
        AND (o.person_id IS NULL OR p.person_id IS NOT NULL)
) o
GROUP BY household_id;

CREATE {temp} TABLE helped AS
SELECT h.household_id, count(*) AS measures,
    count(CASE WHEN m.level IN ('industry', 'employment', 'finance', 'public_post') THEN 1 END)
        AS developmental,
    count(CASE WHEN m.level IS NULL THEN 1 END) AS unclear
FROM (
    SELECT coalesce(p.household_id, s.household_id) AS household_id, s.level, s.ended_on
    FROM statuses s LEFT JOIN persons p ON p.person_id = s.person_id
        AND p.joined_on <= DATE '2023-09-30' AND (p.left_on IS NULL OR p.left_on > DATE '2023-09-30')
    WHERE s.kind = 'help_measure' AND s.started_on <= DATE '2023-09-30'
        AND (s.person_id IS NULL OR p.person_id IS NOT NULL)
) m
JOIN households h ON h.household_id = m.household_id
WHERE h.monitored_kind IS NOT NULL AND (h.included_on IS NULL OR h.included_on <= DATE '2023-09-30')
    AND (h.risk_removed_on IS NULL OR h.risk_removed_on > DATE '2023-09-30')
    AND (m.ended_on IS NULL OR m.ended_on > coalesce(h.included_on, DATE '2023-09-30'))
GROUP BY h.household_id;

CREATE {temp} TABLE facts AS
SELECT household_id, code, village_code, members, members_last_year,
    CASE WHEN labour > 0 OR labour_unclear = 0 THEN labour END AS labour,
    CASE WHEN employed > 0 OR employed_unclear = 0 THEN employed END AS employed,
    CASE WHEN employed_last_month > 0 OR worked_unclear = 0 THEN employed_last_month END
        AS employed_last_month,
    CASE WHEN exempt = 1 THEN 0 WHEN truants > 0 OR truants_unclear = 0 THEN truants END AS out_of_school,
    CASE WHEN insured = 1 THEN 0 ELSE uninsured END AS uninsured,
    CASE WHEN deaths > 0 OR deaths_unclear = 0 THEN deaths END AS labour_deaths_12m,
    ill AS serious_illness_3m,
    CASE WHEN disabled > 0 OR disabled_unclear = 0 THEN disabled END AS disability_new_3m,
    overdue AS loan_overdue_3m, companies, commercial_housing,
    CASE WHEN NOT monitored THEN 0 ELSE (2023 - EXTRACT(YEAR FROM included_on)) * 12
        + 9 - EXTRACT(MONTH FROM included_on) END AS months_monitored,
    CASE WHEN developmental > 0 OR measures_unclear = 0 THEN developmental END AS developmental_measures,
    measures AS help_measures,
    CASE WHEN now_known = 3 THEN now END AS income_ytd,
    CASE WHEN before_known = 3 THEN before END AS income_ytd_last_year,
    CASE WHEN now_known = 3 THEN now + fourth END AS net_income_12m,
    CASE WHEN now_known = 3 THEN coalesce((now + fourth) * 3, now * 4) END AS estimate_3,
    medical AS medical_selfpaid_12m, largest AS medical_selfpaid_max_12m, tuition AS tuition_12m,
    disaster AS disaster_loss_12m, accident AS accident_loss_12m,
    medical + tuition + disaster + accident AS rigid_spending_12m, vehicles_value,
    CASE WHEN now_known = 3 THEN now + fourth END - (medical + tuition + disaster + accident)
        AS after_rigid,
    CASE WHEN members > 0 THEN members END AS heads,
    CASE WHEN members_last_year > 0 THEN members_last_year END AS heads_then,
    cut_days AS water_cut_days_3m, housing_grade, class, relocated, self_moved, monitored, unsafe_water,
    on_dibao, on_tekun, allowance = 1 AND NOT on_dibao AND NOT on_tekun AS allowance_stopped
FROM (
    SELECT h.household_id, h.code, h.village_code, h.class, h.relocated, h.self_moved, h.included_on,
        h.monitored_kind IS NOT NULL AND coalesce(h.included_on <= DATE '2023-09-30', TRUE)
            AND coalesce(h.risk_removed_on > DATE '2023-09-30', TRUE) AS monitored,
        coalesce(p.members, 0) AS members, coalesce(p.members_last_year, 0) AS members_last_year,
        coalesce(p.labour, 0) AS labour, coalesce(q.labour, 0) AS labour_unclear,
        coalesce(p.employed, 0) AS employed, coalesce(q.employed, 0) AS employed_unclear,
        coalesce(p.employed_last_month, 0) AS employed_last_month,
        coalesce(q.employed_last_month, 0) AS worked_unclear,
        coalesce(p.truants, 0) - coalesce(t.excused, 0) AS truants,
        coalesce(q.truants, 0) - coalesce(t.excused_unclear, 0) AS truants_unclear,
        coalesce(f.exempt, 0) AS exempt, coalesce(f.insured, 0) AS insured,
        coalesce(u.uninsured, 0) AS uninsured, coalesce(d.sure, 0) AS deaths,
        coalesce(d.unclear, 0) AS deaths_unclear, coalesce(e.ill, 0) AS ill,
        coalesce(e.overdue, 0) AS overdue,
        coalesce(f.disabled, 0) + coalesce(t.disabled, 0) AS disabled,
        coalesce(f.disabled_unclear, 0) + coalesce(t.disabled_unclear, 0) AS disabled_unclear,
        coalesce(o.companies, 0) AS companies, coalesce(o.commercial_housing, 0) AS commercial_housing,
        CASE WHEN coalesce(o.vehicles, 0) = 0 THEN 0 ELSE o.vehicles_value END AS vehicles_value,
        coalesce(m.measures, 0) AS measures, coalesce(m.developmental, 0) AS developmental,
        coalesce(m.unclear, 0) AS measures_unclear,
        i.now, i.now_known, i.before, i.before_known, i.fourth,
        CASE WHEN coalesce(e.medical_rows, 0) = 0 THEN 0 ELSE e.medical END AS medical,
        CASE WHEN x.household_id IS NULL THEN 0 ELSE x.largest END AS largest,
        CASE WHEN coalesce(e.tuition_rows, 0) = 0 THEN 0 ELSE e.tuition END AS tuition,
        CASE WHEN coalesce(e.disaster_rows, 0) = 0 THEN 0 ELSE e.disaster END AS disaster,
        CASE WHEN coalesce(e.accident_rows, 0) = 0 THEN 0 ELSE e.accident END AS accident,
        CASE WHEN coalesce(e.cuts, 0) = 0 THEN 0 ELSE e.cut_days END AS cut_days,
        CASE e.graded % 10 WHEN 1 THEN 'A' WHEN 2 THEN 'B' WHEN 3 THEN 'C' WHEN 4 THEN 'D' END
            AS housing_grade,
        coalesce(f.water, 0) = 1 OR coalesce(t.water, 0) = 1 AS unsafe_water,
        coalesce(f.dibao, 0) = 1 OR coalesce(t.dibao, 0) = 1 AS on_dibao,
        coalesce(f.tekun, 0) = 1 OR coalesce(t.tekun, 0) = 1 AS on_tekun,
        CASE WHEN f.allowance = 1 OR t.allowance = 1 THEN 1 ELSE 0 END AS allowance
    FROM households h
    LEFT JOIN people p ON p.household_id = h.household_id
    LEFT JOIN unclear q ON q.household_id = h.household_id
    LEFT JOIN through t ON t.household_id = h.household_id
    LEFT JOIN (SELECT * FROM own WHERE household_id IS NOT NULL) f ON f.household_id = h.household_id
    LEFT JOIN uninsured u ON u.household_id = h.household_id
    LEFT JOIN money i ON i.household_id = h.household_id
    LEFT JOIN happened e ON e.household_id = h.household_id
    LEFT JOIN sick x ON x.household_id = h.household_id
    LEFT JOIN deaths d ON d.household_id = h.household_id
    LEFT JOIN owned o ON o.household_id = h.household_id
    LEFT JOIN helped m ON m.household_id = h.household_id
) j;
