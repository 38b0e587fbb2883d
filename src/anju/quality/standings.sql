-- Of each monitored household: what its case says of its risks, of the home check and of the removal.
SELECT
    h.household_id,
    c.removal_kind = 'helped' AS removed_by_help,
    c.checked_income,
    c.checked_spending,
    c.told_out_of_school,
    c.indicators,
    c.removal_income,
    c.removal_income < c.removal_line AS removed_below_line,
    coalesce(r.risks, 0) AS risks,
    coalesce(r.risk_medical, FALSE) AS risk_medical,
    coalesce(r.risk_disability, FALSE) AS risk_disability,
    coalesce(r.risk_education, FALSE) AS risk_education,
    coalesce(r.risk_housing, FALSE) AS risk_housing,
    coalesce(r.risk_water, FALSE) AS risk_water,
    coalesce(r.risk_insurance, FALSE) AS risk_insurance,
    coalesce(r.risk_employment, FALSE) AS risk_employment,
    coalesce(r.risk_labour, FALSE) AS risk_labour,
    coalesce(r.risk_disaster, FALSE) AS risk_disaster,
    coalesce(p.only_planned, FALSE) AS only_planned
FROM homes h
LEFT JOIN cases c ON c.household_id = h.household_id
LEFT JOIN (
    SELECT
        household_id,
        count(DISTINCT risk) AS risks,
        bool_or(risk = 'medical') AS risk_medical,
        bool_or(risk = 'disability') AS risk_disability,
        bool_or(risk = 'education') AS risk_education,
        bool_or(risk = 'housing') AS risk_housing,
        bool_or(risk = 'water') AS risk_water,
        bool_or(risk = 'insurance') AS risk_insurance,
        bool_or(risk = 'employment') AS risk_employment,
        bool_or(risk = 'labour') AS risk_labour,
        bool_or(risk = 'disaster') AS risk_disaster
    FROM risks
    GROUP BY household_id
) r ON r.household_id = h.household_id
LEFT JOIN (
    SELECT household_id, bool_and(state = 'planned') AS only_planned
    FROM planned
    WHERE kind IN ('industry', 'employment', 'finance', 'public_post')
    GROUP BY household_id
) p ON p.household_id = h.household_id
WHERE h.monitored
