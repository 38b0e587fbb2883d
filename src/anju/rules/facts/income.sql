-- Net income by household: the quarters of the year that have ended, the same quarters a year
-- earlier, and the remaining quarters of the year before. A quarter with a NULL amount is not known
-- and so not counted.
SELECT
    household_id,
    CAST(SUM(CASE WHEN quarter >= :year_first_quarter THEN net END) AS BIGINT) AS this_year,
    COUNT(CASE WHEN quarter >= :year_first_quarter THEN net END) AS this_year_known,
    CAST(SUM(CASE WHEN quarter <= :same_quarter_last_year THEN net END) AS BIGINT) AS last_year,
    COUNT(CASE WHEN quarter <= :same_quarter_last_year THEN net END) AS last_year_known,
    CAST(SUM(CASE WHEN quarter > :same_quarter_last_year AND quarter < :year_first_quarter
        THEN net END) AS BIGINT) AS remaining,
    COUNT(CASE WHEN quarter > :same_quarter_last_year AND quarter < :year_first_quarter
        THEN net END) AS remaining_known
FROM (
    SELECT
        household_id,
        quarter,
        wage + business - business_cost + property + transfer AS net
    FROM incomes
    WHERE quarter BETWEEN :last_year_first_quarter AND :latest_quarter
        AND quarter % 10 BETWEEN 1 AND 4
) quarters
GROUP BY household_id
