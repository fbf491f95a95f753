-- Everything here can be rebuilt from the archive; nothing here is the only
-- copy of anything. Dates are ISO 8601, lists are JSON arrays, so that
-- `json_each` opens them in any SQLite tool.

-- How often this catalogue has changed. Exactly one row.
CREATE TABLE revision (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    value INTEGER NOT NULL             -- grows by one with each change
) STRICT;
INSERT INTO revision (one, value) VALUES (1, 0);

-- Small facts about the catalogue itself, e.g. when a site was last crawled.
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,            -- dotted, e.g. `crawl.finished`
    value TEXT NOT NULL
) STRICT;
-- Tells this file from one made anew in its place.
INSERT INTO meta (key, value) VALUES ('catalogue.id', lower(hex(randomblob(6))));

-- One row a publication: a file or page that a partnership published.
CREATE TABLE entries (
    id          TEXT PRIMARY KEY,      -- partnership and head of the first digest, `oakmoor/3f9c2a71`
    partnership TEXT NOT NULL,         -- `slug` in crawl-config/partnerships.csv
    url         TEXT NOT NULL,         -- the link as found on the partnership's page
    final_url   TEXT NOT NULL,         -- where that link ended
    kind        TEXT NOT NULL,         -- review, summary, response or other
    review_type TEXT,                  -- term of index/review-types.toml
    title       TEXT,                  -- as printed on the first page
    author      TEXT,                  -- as printed
    published   TEXT,                  -- YYYY, YYYY-MM or YYYY-MM-DD: no more precise than its source
    language    TEXT,                  -- en or cy
    media_type  TEXT NOT NULL,         -- what the bytes are, not what the server said
    pages       INTEGER NOT NULL,      -- 1 for a web page
    digest      TEXT NOT NULL,         -- SHA-256 of the newest bytes
    first_seen  TEXT NOT NULL,         -- first capture
    last_seen   TEXT NOT NULL,         -- newest capture that still gave it
    gone_since  TEXT,                  -- first visit that no longer found it
    rules       TEXT NOT NULL,         -- versions of the rules that read and analysed it
    changed     INTEGER NOT NULL,      -- revision at which this row, its document or an entry linked with it last changed
    body        TEXT NOT NULL          -- the whole entry as JSON; the other columns repeat what one wants to query
) STRICT;
CREATE INDEX entries_by_partnership ON entries (partnership, id);
CREATE INDEX entries_by_digest ON entries (digest);
CREATE INDEX entries_by_change ON entries (changed);

-- Facts of an entry that may have several values.
CREATE TABLE entry_facts (
    entry    TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    fact     TEXT NOT NULL,            -- subject, criterion, age or theme
    position INTEGER NOT NULL,         -- from 0; themes come weightiest first
    value    TEXT NOT NULL,            -- a term's id, or a pseudonym as printed
    page     INTEGER,                  -- physical page it was read from; NULL when read elsewhere
    PRIMARY KEY (entry, fact, position)
) STRICT, WITHOUT ROWID;

-- Recommendations, lessons and passages of good practice, as printed.
CREATE TABLE items (
    entry     TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    sort      TEXT NOT NULL,           -- recommendation, lesson or good-practice
    position  INTEGER NOT NULL,        -- from 0, in the order printed
    id        TEXT NOT NULL,           -- number as printed, or u1, u2 … when none is
    text      TEXT NOT NULL,
    page      INTEGER NOT NULL,        -- physical page on which it begins, from 1
    addressed TEXT NOT NULL,           -- JSON array: terms of index/agencies.toml
    themes    TEXT NOT NULL,           -- JSON array: terms of index/themes.toml
    PRIMARY KEY (entry, sort, position)
) STRICT;

-- What responses say about single recommendations, as printed.
CREATE TABLE answers (
    entry               TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    position            INTEGER NOT NULL, -- from 0, in the order printed
    recommendation      TEXT NOT NULL,    -- label of the recommendation it answers
    page                INTEGER NOT NULL, -- physical page on which it begins, from 1
    status              TEXT NOT NULL,    -- statuses of index/facets.toml
    recommendation_text TEXT,             -- the recommendation as the response repeats it
    action              TEXT,             -- what has been done
    impact              TEXT,             -- what difference it made
    next                TEXT,             -- what will be done
    owner               TEXT,             -- who answers for it
    due                 TEXT,             -- by when
    status_printed      TEXT,             -- status in the response's own words
    evidence            TEXT,             -- how it is known
    PRIMARY KEY (entry, position)
) STRICT;

-- How entries belong together.
CREATE TABLE links (
    entry      TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    target     TEXT NOT NULL,          -- the other entry; it may not be recorded yet
    relation   TEXT NOT NULL,          -- responds-to, summarises or supersedes
    confidence REAL NOT NULL,          -- from 0 to 1
    because    TEXT NOT NULL,          -- JSON array of sentences by which a person can judge the link
    PRIMARY KEY (entry, target, relation)
) STRICT;
CREATE INDEX links_by_target ON links (target);

-- Entries taken out, so that whoever keeps a copy (the search index) can follow.
CREATE TABLE removed (
    id      TEXT PRIMARY KEY,
    changed INTEGER NOT NULL           -- revision at which it went
) STRICT;

-- What was printed in each payload that could be read.
CREATE TABLE documents (
    digest     TEXT PRIMARY KEY,       -- SHA-256 of the payload
    rules      TEXT NOT NULL,          -- version of the reading rules
    media_type TEXT NOT NULL,
    pages      INTEGER NOT NULL,
    body       BLOB NOT NULL           -- the document as JSON, gzip
) STRICT;

-- What could not be done, for the coverage report.
CREATE TABLE failures (
    url    TEXT NOT NULL,
    stage  TEXT NOT NULL,              -- fetch, extract or analyse
    digest TEXT,                       -- the payload, when there was one
    reason TEXT NOT NULL,              -- a sentence
    at     TEXT NOT NULL,
    PRIMARY KEY (url, stage)
) STRICT;
