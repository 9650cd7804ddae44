-- Views of ratsplan.sqlite. What a view counts or joins is told in docs/queries.md.

CREATE VIEW measures_by_actor AS
SELECT a.actor_id, a.name AS actor, a.abbreviation, a.kind,
       count(DISTINCT r.measure_id) AS measures,
       count(DISTINCT CASE WHEN r.role = 'responsible' THEN r.measure_id END) AS responsible,
       count(DISTINCT CASE WHEN r.role = 'supporting' THEN r.measure_id END) AS supporting,
       count(DISTINCT CASE WHEN r.role = 'advisory' THEN r.measure_id END) AS advisory,
       count(DISTINCT CASE WHEN r.role = 'funding' THEN r.measure_id END) AS funding,
       count(DISTINCT r.document_id) AS documents
FROM actors a JOIN responsibilities r USING (actor_id)
GROUP BY a.actor_id;

CREATE VIEW measures_by_field AS
SELECT m.document_id, m.field_of_action,
       count(*) AS measures,
       sum((SELECT count(*) FROM indicators i WHERE i.measure_id = m.measure_id)) AS indicators,
       (SELECT count(DISTINCT r.actor_id) FROM responsibilities r JOIN measures o USING (measure_id)
        WHERE o.document_id = m.document_id AND o.field_of_action IS m.field_of_action) AS actors,
       min(m.position) AS first_position
FROM measures m
GROUP BY m.document_id, m.field_of_action;

CREATE VIEW measures_with_actors AS
SELECT d.reference, d.body, d.plan_title, m.*,
       (SELECT group_concat(actor, '; ') FROM (SELECT DISTINCT actor FROM responsibilities r
        WHERE r.measure_id = m.measure_id AND role = 'responsible' ORDER BY position)) AS responsible,
       (SELECT group_concat(actor, '; ') FROM (SELECT DISTINCT actor FROM responsibilities r
        WHERE r.measure_id = m.measure_id AND role <> 'responsible' ORDER BY position)) AS others,
       (SELECT count(*) FROM indicators i WHERE i.measure_id = m.measure_id) AS indicators
FROM measures m JOIN documents d USING (document_id);

CREATE VIEW open_measures AS
SELECT * FROM measures_with_actors
WHERE progress_status IS NULL OR progress_status NOT IN ('done', 'dropped');
