-- The tables of an export to SQLite; docs/formats.md tells what they hold.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE topics (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE stories (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    date TEXT,
    title TEXT NOT NULL,
    summary TEXT,
    lead_topic INTEGER REFERENCES topics (id),
    present INTEGER NOT NULL,
    page TEXT,
    story INTEGER REFERENCES stories (id)
);
CREATE TABLE event_topics (
    event INTEGER NOT NULL REFERENCES events (id),
    topic INTEGER NOT NULL REFERENCES topics (id),
    PRIMARY KEY (event, topic)
) WITHOUT ROWID;
CREATE TABLE links (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES events (id),
    target INTEGER NOT NULL REFERENCES events (id),
    rank INTEGER NOT NULL,
    line INTEGER NOT NULL,
    strength REAL NOT NULL
);
CREATE TABLE link_topics (
    link INTEGER NOT NULL REFERENCES links (id),
    place INTEGER NOT NULL,
    topic INTEGER NOT NULL REFERENCES topics (id),
    PRIMARY KEY (link, place)
) WITHOUT ROWID;
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES events (id),
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    kind TEXT NOT NULL
);
CREATE TABLE revisions (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES events (id),
    key TEXT NOT NULL,
    title TEXT NOT NULL,
    seen TEXT,
    kind TEXT NOT NULL
);
CREATE TABLE problems (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    page TEXT NOT NULL,
    line INTEGER NOT NULL,
    message TEXT NOT NULL
);
CREATE VIRTUAL TABLE search USING fts5 (
    title, summary, content = 'events', content_rowid = 'id', tokenize = 'trigram'
);
