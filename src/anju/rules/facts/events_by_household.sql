-- Events by the household they name. Sums pass over NULL amounts; facts.sql makes a sum with rows
-- but without any amount unknown. The latest grading is carried as one number, yyyymmdd and grade
-- (1 = A … 4 = D, 0 = none), whose largest value is the worst grade of the latest day.
SELECT
    household_id,
    COUNT(CASE WHEN kind = 'medical_selfpaid' AND year_long THEN 1 END) AS medical_rows,
    CAST(SUM(CASE WHEN kind = 'medical_selfpaid' AND year_long THEN amount END) AS BIGINT)
        AS medical,
    COUNT(CASE WHEN kind = 'tuition' AND year_long THEN 1 END) AS tuition_rows,
    CAST(SUM(CASE WHEN kind = 'tuition' AND year_long THEN amount END) AS BIGINT) AS tuition,
    COUNT(CASE WHEN kind = 'disaster' AND year_long THEN 1 END) AS disaster_rows,
    CAST(SUM(CASE WHEN kind = 'disaster' AND year_long THEN amount END) AS BIGINT) AS disaster,
    COUNT(CASE WHEN kind = 'accident' AND year_long THEN 1 END) AS accident_rows,
    CAST(SUM(CASE WHEN kind = 'accident' AND year_long THEN amount END) AS BIGINT) AS accident,
    COUNT(CASE WHEN kind = 'serious_illness' AND three_months THEN 1 END) AS serious_illness,
    COUNT(CASE WHEN kind = 'loan_overdue' AND three_months THEN 1 END) AS loan_overdue,
    COUNT(CASE WHEN kind = 'water_cut' AND three_months THEN 1 END) AS water_cut_rows,
    CAST(SUM(CASE WHEN kind = 'water_cut' AND three_months
            AND level <> '' AND TRANSLATE(level, '0123456789', '') = ''
        THEN TRY_CAST(level AS BIGINT) END) AS BIGINT) AS water_cut_days,
    MAX(CASE WHEN kind = 'housing_graded' THEN
            ((YEAR(occurred_on) * 100 + MONTH(occurred_on)) * 100 + DAY(occurred_on)) * 10
            + CASE level WHEN 'A' THEN 1 WHEN 'B' THEN 2 WHEN 'C' THEN 3 WHEN 'D' THEN 4 ELSE 0 END
        END) AS latest_grading
FROM (
    SELECT
        household_id,
        kind,
        occurred_on,
        amount,
        level,
        occurred_on >= :year_from AS year_long,
        occurred_on >= :three_months_from AS three_months
    FROM events
    WHERE occurred_on <= :as_of
        AND (kind = 'housing_graded'
            OR occurred_on >= :three_months_from
                AND kind IN ('serious_illness', 'loan_overdue', 'water_cut')
            OR occurred_on >= :year_from
                AND kind IN ('medical_selfpaid', 'tuition', 'disaster', 'accident'))
) dated
GROUP BY household_id
