-- Made when the rows are there, which is faster and packs them better.
CREATE UNIQUE INDEX events_by_key ON events (key);
CREATE INDEX events_by_date ON events (date);
CREATE INDEX events_by_lead_topic ON events (lead_topic);
CREATE INDEX events_by_story ON events (story);
CREATE UNIQUE INDEX topics_by_name ON topics (name);
CREATE INDEX event_topics_by_topic ON event_topics (topic, event);
CREATE INDEX links_by_source ON links (source, rank);
CREATE INDEX links_by_target ON links (target);
CREATE INDEX link_topics_by_topic ON link_topics (topic, link);
CREATE INDEX sources_by_event ON sources (event);
CREATE INDEX sources_by_url ON sources (url);
CREATE INDEX revisions_by_event ON revisions (event);
CREATE INDEX revisions_by_key ON revisions (key);
CREATE INDEX problems_by_code ON problems (code);
INSERT INTO search (search) VALUES ('rebuild');
INSERT INTO search (search) VALUES ('optimize');
ANALYZE;
