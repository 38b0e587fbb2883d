-- Statuses that few have, begun by the last day: read once here, used by three steps. Medical insurance
-- is kept only where it is of a whole household (almost every person has one): see uninsured.sql.
SELECT household_id, person_id, kind, level, started_on, ended_on
FROM statuses
WHERE started_on <= :as_of
    AND (kind IN ('health_exempt_from_school', 'unsafe_water', 'dibao', 'tekun', 'disabled',
            'help_measure')
        OR kind = 'medical_insured' AND person_id IS NULL)
