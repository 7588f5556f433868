-- What is attached to entries, by the digest of the bytes: the same bytes are kept once.
CREATE TABLE capture_attachment (
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    media_type text NOT NULL,
    size integer NOT NULL CHECK (size > 0),
    width integer,
    height integer,
    uploaded_by text NOT NULL,
    uploaded timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, digest)
);

-- The bytes by themselves, so that the audit trail holds the digest and not the picture.
CREATE TABLE capture_attachment_content (
    tenant_id bigint NOT NULL,
    digest bytea NOT NULL,
    content bytea NOT NULL,
    wanted timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, digest),
    FOREIGN KEY (tenant_id, digest) REFERENCES capture_attachment (tenant_id, digest) ON DELETE CASCADE
);
ALTER TABLE capture_attachment_content ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE INDEX capture_attachment_content_wanted ON capture_attachment_content (tenant_id, wanted);
COMMENT ON TABLE capture_attachment_content IS 'derived: bytes of attachments; that they came is audited in capture_attachment';
COMMENT ON COLUMN capture_attachment_content.wanted IS 'when a device last uploaded or asked for it; what no entry names goes some days later';

-- Which entries name an attachment; what is named stays.
CREATE TABLE capture_attachment_use (
    tenant_id bigint NOT NULL,
    digest bytea NOT NULL,
    reading_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, digest, reading_id),
    FOREIGN KEY (tenant_id, digest) REFERENCES capture_attachment (tenant_id, digest)
);
COMMENT ON TABLE capture_attachment_use IS 'append-only: which entries name an attachment';
