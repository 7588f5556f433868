-- Invitations: whoever holds the link chooses a password of their own, once. What is kept is the hash of its secret.
CREATE TABLE tenancy_invitation (
    tenant_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    user_id bigint NOT NULL,
    secret_hash bytea NOT NULL UNIQUE,
    resets boolean NOT NULL,
    mailed_to text,
    created timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires timestamptz NOT NULL,
    used timestamptz,
    revoked timestamptz,
    PRIMARY KEY (id, tenant_id),
    FOREIGN KEY (user_id, tenant_id) REFERENCES tenancy_user (id, tenant_id) ON DELETE CASCADE
);
CREATE INDEX tenancy_invitation_user ON tenancy_invitation (tenant_id, user_id) WHERE used IS NULL AND revoked IS NULL;
COMMENT ON COLUMN tenancy_invitation.resets IS 'the person had a password, which holds until they have chosen another';

-- Whose invitation it is must be asked before a tenant is known, like whose login it is.
CREATE FUNCTION tenancy_find_invitation(wanted bytea)
RETURNS TABLE (id bigint, tenant_id bigint, user_id bigint, expires timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT i.id, i.tenant_id, i.user_id, i.expires
      FROM tenancy_invitation i
      JOIN tenancy_user u ON u.tenant_id = i.tenant_id AND u.id = i.user_id
     WHERE i.secret_hash = wanted AND i.used IS NULL AND i.revoked IS NULL AND i.expires > clock_timestamp() AND u.active
$$;

-- What a mail says that nobody but its reader may know, sealed with a key that is not in the database; gone once it is sent.
ALTER TABLE tenancy_mail ADD COLUMN secret bytea;
