-- Households with the groups that checks are made for.
SELECT
    household_id,
    village_code,
    class = 'lifted_out' AS lifted_out,
    monitored_kind IS NOT NULL AS monitored,
    coalesce(class = 'lifted_out', FALSE) OR monitored_kind IS NOT NULL AS covered,
    monitored_kind IS NOT NULL AND coalesce(risk_removed_on > :as_of, TRUE) AS monitored_open,
    monitored_kind IS NOT NULL AND coalesce(risk_removed_on <= :as_of, FALSE) AS monitored_removed,
    included_on,
    risk_removed_on,
    area_dm2
FROM households
