-- How often each visitor looked, by minute; hashed, because nobody's looks are kept. Not logged: after a crash all start at nothing.
CREATE UNLOGGED TABLE portal_visit (
    visitor bytea PRIMARY KEY,
    minute bigint NOT NULL,
    looked double precision NOT NULL,
    before double precision NOT NULL
) WITH (fillfactor = 70);
COMMENT ON TABLE portal_visit IS 'global, written: lookups of consumer pages in this minute and the last, by hashed visitor';
