CREATE CONSTRAINT event_key IF NOT EXISTS FOR (event:Event) REQUIRE event.key IS UNIQUE;
CREATE CONSTRAINT topic_name IF NOT EXISTS FOR (topic:Topic) REQUIRE topic.name IS UNIQUE;
CREATE CONSTRAINT story_number IF NOT EXISTS FOR (story:Story) REQUIRE story.number IS UNIQUE;
CREATE INDEX event_date IF NOT EXISTS FOR (event:Event) ON (event.date);
CREATE INDEX source_url IF NOT EXISTS FOR (source:Source) ON (source.url);
CREATE FULLTEXT INDEX event_text IF NOT EXISTS FOR (event:Event) ON EACH [event.title, event.summary];
