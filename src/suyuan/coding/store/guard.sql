-- Which folder of marks goes with this database. A database that comes back from a backup into another folder has lost
-- its marks: nothing is issued until somebody says how far the counts may have been.
CREATE TABLE coding_guard (
    tenant_id bigint PRIMARY KEY REFERENCES tenancy_tenant (id),
    folder text NOT NULL,
    skip bigint NOT NULL DEFAULT 0,
    skip_until timestamptz
);
COMMENT ON COLUMN coding_guard.skip IS 'how many numbers a count passes over that begins before skip_until';
ALTER TABLE coding_gap DROP CONSTRAINT coding_gap_reason_check;
ALTER TABLE coding_gap ADD CONSTRAINT coding_gap_reason_check
    CHECK (reason IN ('not_committed', 'canceled', 'restored'));
