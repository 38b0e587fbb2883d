-- One row a household: the sources joined and settled. Counts of members are unknown only where the
-- sure number is 0 and somebody is unclear; sums only where there are rows and none has an amount.
-- `_denominator` and `_scaled` columns serve exact comparison and are not written out.
SELECT
    household_id,
    code,
    village_code,
    members,
    members_last_year,
    CASE WHEN labour > 0 OR labour_unclear = 0 THEN labour END AS labour,
    CASE WHEN employed > 0 OR employed_unclear = 0 THEN employed END AS employed,
    CASE WHEN employed_last_month > 0 OR employed_last_month_unclear = 0
        THEN employed_last_month END AS employed_last_month,
    CASE WHEN school_exempt = 1 THEN 0
        WHEN out_of_school > 0 OR out_of_school_unclear = 0 THEN out_of_school END
        AS out_of_school,
    CASE WHEN insured = 1 THEN 0 ELSE uninsured END AS uninsured,
    CASE WHEN deaths > 0 OR deaths_unclear = 0 THEN deaths END AS labour_deaths_12m,
    serious_illness AS serious_illness_3m,
    CASE WHEN disability_new > 0 OR disability_unclear = 0 THEN disability_new END
        AS disability_new_3m,
    loan_overdue AS loan_overdue_3m,
    companies,
    commercial_housing,
    CASE WHEN NOT monitored THEN 0
        ELSE (YEAR(:as_of) - YEAR(included_on)) * 12 + MONTH(:as_of) - MONTH(included_on) END
        AS months_monitored,
    CASE WHEN developmental > 0 OR measures_unclear = 0 THEN developmental END
        AS developmental_measures,
    help_measures,
    CASE WHEN :quarters_ended > 0 AND this_year_known = :quarters_ended THEN this_year END
        AS income_ytd,
    CASE WHEN :quarters_ended > 0 AND last_year_known = :quarters_ended THEN last_year END
        AS income_ytd_last_year,
    net_income_12m,
    CASE WHEN :quarters_ended > 0 AND this_year_known = :quarters_ended
        THEN COALESCE(net_income_12m * :quarters_ended, this_year * 4) END
        AS income_estimate_scaled,
    medical AS medical_selfpaid_12m,
    medical_largest AS medical_selfpaid_max_12m,
    tuition AS tuition_12m,
    disaster AS disaster_loss_12m,
    accident AS accident_loss_12m,
    medical + tuition + disaster + accident AS rigid_spending_12m,
    vehicles_value,
    net_income_12m - (medical + tuition + disaster + accident) AS income_after_rigid_12m,
    CASE WHEN members > 0 THEN members END AS members_denominator,
    CASE WHEN members_last_year > 0 THEN members_last_year END AS members_last_year_denominator,
    water_cut_days AS water_cut_days_3m,
    housing_grade,
    class,
    relocated,
    self_moved,
    monitored,
    unsafe_water,
    on_dibao,
    on_tekun,
    allowance_before = 1 AND NOT on_dibao AND NOT on_tekun AS allowance_stopped
FROM (
    SELECT
        h.household_id,
        h.code,
        h.village_code,
        h.class,
        h.relocated,
        h.self_moved,
        h.included_on,
        h.monitored_kind IS NOT NULL
            AND COALESCE(h.included_on <= :as_of, TRUE)
            AND COALESCE(h.risk_removed_on > :as_of, TRUE) AS monitored,
        COALESCE(p.members, 0) AS members,
        COALESCE(p.members_last_year, 0) AS members_last_year,
        COALESCE(p.labour, 0) AS labour,
        COALESCE(q.labour, 0) AS labour_unclear,
        COALESCE(p.employed, 0) AS employed,
        COALESCE(q.employed, 0) AS employed_unclear,
        COALESCE(p.employed_last_month, 0) AS employed_last_month,
        COALESCE(q.employed_last_month, 0) AS employed_last_month_unclear,
        COALESCE(p.out_of_school, 0) - COALESCE(g.exempt_out_of_school, 0) AS out_of_school,
        COALESCE(q.out_of_school, 0) - COALESCE(g.exempt_unclear, 0) AS out_of_school_unclear,
        COALESCE(u.uninsured, 0) AS uninsured,
        COALESCE(d.deaths, 0) AS deaths,
        COALESCE(d.deaths_unclear, 0) AS deaths_unclear,
        COALESCE(e.serious_illness, 0) AS serious_illness,
        COALESCE(e.loan_overdue, 0) AS loan_overdue,
        CASE WHEN COALESCE(e.medical_rows, 0) = 0 THEN 0 ELSE e.medical END AS medical,
        CASE WHEN x.household_id IS NULL THEN 0 ELSE x.largest END AS medical_largest,
        CASE WHEN COALESCE(e.tuition_rows, 0) = 0 THEN 0 ELSE e.tuition END AS tuition,
        CASE WHEN COALESCE(e.disaster_rows, 0) = 0 THEN 0 ELSE e.disaster END AS disaster,
        CASE WHEN COALESCE(e.accident_rows, 0) = 0 THEN 0 ELSE e.accident END AS accident,
        CASE WHEN COALESCE(e.water_cut_rows, 0) = 0 THEN 0 ELSE e.water_cut_days END
            AS water_cut_days,
        CASE e.latest_grading % 10 WHEN 1 THEN 'A' WHEN 2 THEN 'B' WHEN 3 THEN 'C' WHEN 4 THEN 'D'
            END AS housing_grade,
        COALESCE(f.disability_new, 0) + COALESCE(g.disability_new, 0) AS disability_new,
        COALESCE(f.disability_unclear, 0) + COALESCE(g.disability_unclear, 0)
            AS disability_unclear,
        COALESCE(f.school_exempt, 0) AS school_exempt,
        COALESCE(f.insured, 0) AS insured,
        COALESCE(f.unsafe_water, 0) = 1 OR COALESCE(g.unsafe_water, 0) = 1 AS unsafe_water,
        COALESCE(f.on_dibao, 0) = 1 OR COALESCE(g.on_dibao, 0) = 1 AS on_dibao,
        COALESCE(f.on_tekun, 0) = 1 OR COALESCE(g.on_tekun, 0) = 1 AS on_tekun,
        CASE WHEN f.allowance_before = 1 OR g.allowance_before = 1 THEN 1 ELSE 0 END
            AS allowance_before,
        COALESCE(o.companies, 0) AS companies,
        COALESCE(o.commercial_housing, 0) AS commercial_housing,
        CASE WHEN COALESCE(o.vehicles, 0) = 0 THEN 0 ELSE o.vehicles_value END AS vehicles_value,
        COALESCE(m.help_measures, 0) AS help_measures,
        COALESCE(m.developmental, 0) AS developmental,
        COALESCE(m.unclear, 0) AS measures_unclear,
        i.this_year,
        i.this_year_known,
        i.last_year,
        i.last_year_known,
        CASE WHEN i.this_year_known = :quarters_ended AND i.remaining_known = 4 - :quarters_ended
            THEN COALESCE(i.this_year, 0) + COALESCE(i.remaining, 0) END AS net_income_12m
    FROM households h
    LEFT JOIN people p ON p.household_id = h.household_id
    LEFT JOIN unclear_people q ON q.household_id = h.household_id
    LEFT JOIN member_flags g ON g.household_id = h.household_id
    LEFT JOIN income i ON i.household_id = h.household_id
    LEFT JOIN events_by_household e ON e.household_id = h.household_id
    LEFT JOIN medical_by_person x ON x.household_id = h.household_id
    LEFT JOIN uninsured u ON u.household_id = h.household_id
    LEFT JOIN household_flags f ON f.household_id = h.household_id
    LEFT JOIN holdings_now o ON o.household_id = h.household_id
    LEFT JOIN measures m ON m.household_id = h.household_id
    LEFT JOIN worker_deaths d ON d.household_id = h.household_id
) joined
