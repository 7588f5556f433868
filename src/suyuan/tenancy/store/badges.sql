-- What a person scans at a station, and the PIN that only they know (hashed as passwords are).
CREATE TABLE tenancy_badge (
    tenant_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    user_id bigint NOT NULL REFERENCES tenancy_user (id) ON DELETE CASCADE,
    badge text CHECK (length(badge) BETWEEN 1 AND 120),
    secret_hash text,
    changed timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX tenancy_badge_user ON tenancy_badge (tenant_id, user_id);
CREATE UNIQUE INDEX tenancy_badge_badge ON tenancy_badge (tenant_id, badge);

-- A session that a badge began has no rights over people, rules and the audit trail.
ALTER TABLE tenancy_session ADD COLUMN by_badge boolean NOT NULL DEFAULT false;
