-- Work of the members of monitored households since their inclusion.
SELECT
    w.household_id,
    bool_or(w.ended_on IS NULL OR o.included_on < w.ended_on) AS worked,
    bool_or(w.away AND (w.ended_on IS NULL OR o.included_on < w.ended_on)) AS worked_away,
    bool_or(w.away AND o.included_on <= w.started_on) AS newly_away
FROM works w
JOIN homes o ON o.household_id = w.household_id
WHERE w.monitored AND w.started_on <= :as_of
GROUP BY w.household_id
