-- A definition is a name with versions. Its row says where it stands; what was published never changes again.
CREATE TABLE designer_definition (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    kind text NOT NULL,
    key text NOT NULL,
    title_zh text NOT NULL,
    title_en text NOT NULL,
    draft jsonb,
    published integer,
    retired timestamptz,
    revision integer NOT NULL DEFAULT 1,
    pack text,
    pack_version text,
    pack_body jsonb,
    created timestamptz NOT NULL DEFAULT now(),
    changed timestamptz NOT NULL DEFAULT now(),
    changed_by text NOT NULL,
    UNIQUE (tenant_id, kind, key),
    CHECK (draft IS NOT NULL OR published IS NOT NULL)
);
COMMENT ON COLUMN designer_definition.draft IS 'null where the published version is the newest there is';
COMMENT ON COLUMN designer_definition.revision IS 'counts every change; whoever saves names the one they saw';
COMMENT ON COLUMN designer_definition.pack_body IS 'what the pack brought last: the common ancestor of an upgrade';

CREATE TABLE designer_version (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    definition_id bigint NOT NULL REFERENCES designer_definition (id),
    version integer NOT NULL,
    title_zh text NOT NULL,
    title_en text NOT NULL,
    body jsonb NOT NULL,
    content_hash text NOT NULL,
    note text NOT NULL,
    published timestamptz NOT NULL DEFAULT now(),
    published_by text NOT NULL,
    UNIQUE (tenant_id, definition_id, version)
);
COMMENT ON TABLE designer_version IS 'append-only: records remember the version that made them';
