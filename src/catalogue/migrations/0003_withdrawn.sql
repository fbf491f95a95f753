-- Publications that were withdrawn, so that their addresses can say so. Repeats
-- the archive's `withdrawn.jsonl`, which is the truth and also gives the reasons.
CREATE TABLE withdrawn (
    id TEXT PRIMARY KEY,               -- the entry that was there
    at TEXT NOT NULL                   -- when it was withdrawn first
) STRICT;
