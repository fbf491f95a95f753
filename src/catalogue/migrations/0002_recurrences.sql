-- Recommendations of different cases that ask for the same or are about the
-- same matter, and clusters of those that ask for the same. Made anew as a
-- whole whenever recommendations change.
CREATE TABLE recurrences (
    one      TEXT NOT NULL,            -- a recommendation, `oakmoor/3f9c2a71/4.2`; the lesser name of the two
    other    TEXT NOT NULL,            -- another
    degree   TEXT NOT NULL,            -- same or related
    likeness REAL NOT NULL,            -- from 0 to 1
    because  TEXT NOT NULL,            -- JSON array: sentences by which a person can judge it
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX recurrences_by_other ON recurrences (other);

CREATE TABLE recurrence_clusters (
    member         TEXT PRIMARY KEY,   -- a recommendation, the representative included
    representative TEXT NOT NULL       -- the one whose wording is nearest to all others
) STRICT, WITHOUT ROWID;
