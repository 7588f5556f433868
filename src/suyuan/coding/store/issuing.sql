-- A space holds all codes that one way of making codes can make. Its secret keys the permutation of unguessable codes.
-- Spaces in use are disjoint: no code of one can be a code of another.
CREATE TABLE coding_space (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    fingerprint text NOT NULL,
    pattern jsonb NOT NULL,
    rule text NOT NULL,
    version integer NOT NULL,
    secret bytea NOT NULL,
    created timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant_id, fingerprint)
);
COMMENT ON TABLE coding_space IS 'append-only: holds secrets, so that no trail of changes may copy them';

-- The next number that was never given, for each scope (day, product, line…) of a space.
CREATE TABLE coding_counter (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    space_id bigint NOT NULL REFERENCES coding_space (id),
    scope text NOT NULL,
    next bigint NOT NULL,
    UNIQUE (tenant_id, space_id, scope)
);

-- Codes issued together: the numbers first, first + step, … first + step * (count - 1) of a scope.
CREATE TABLE coding_batch (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    rule text NOT NULL,
    version integer NOT NULL,
    level text NOT NULL,
    space_id bigint NOT NULL REFERENCES coding_space (id),
    scope text NOT NULL,
    first bigint NOT NULL,
    step bigint NOT NULL,
    count bigint NOT NULL CHECK (count >= 0),
    wanted bigint NOT NULL,
    fields jsonb NOT NULL,
    moment timestamp NOT NULL,
    purpose text NOT NULL,
    status text NOT NULL CHECK (status IN ('waiting', 'issuing', 'issued', 'canceled', 'failed')),
    width integer NOT NULL DEFAULT 0,
    digest text,
    fault text,
    request_key text,
    created timestamptz NOT NULL DEFAULT now(),
    created_by text NOT NULL,
    finished timestamptz,
    UNIQUE (tenant_id, request_key)
);
CREATE INDEX coding_batch_scope ON coding_batch (tenant_id, space_id, scope, first);
COMMENT ON COLUMN coding_batch.moment IS 'what the clock on the spot showed: dates in the codes come from it';
COMMENT ON COLUMN coding_batch.width IS 'bytes of a code; every code of a batch has the same';
COMMENT ON COLUMN coding_batch.digest IS 'SHA-256 of all codes, one after the other';

-- The codes themselves, as they were made: a later version of the software exports the same.
CREATE TABLE coding_chunk (
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    batch_id bigint NOT NULL REFERENCES coding_batch (id),
    number integer NOT NULL,
    count integer NOT NULL,
    codes bytea NOT NULL,
    PRIMARY KEY (tenant_id, batch_id, number)
);
ALTER TABLE coding_chunk ALTER COLUMN codes SET STORAGE EXTERNAL;
COMMENT ON TABLE coding_chunk IS 'append-only: codes, zlib-compressed, of one width, without separators';

-- Stretches of a batch that are in one state and one hand. They touch and do not overlap.
CREATE TABLE coding_stretch (
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    batch_id bigint NOT NULL REFERENCES coding_batch (id),
    first bigint NOT NULL,
    last bigint NOT NULL,
    state text NOT NULL,
    handout_id bigint,
    since timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, batch_id, first)
);
COMMENT ON TABLE coding_stretch IS 'derived: what the movements add up to';

-- Every change of state, for ever.
CREATE TABLE coding_movement (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    batch_id bigint NOT NULL REFERENCES coding_batch (id),
    first bigint NOT NULL,
    last bigint NOT NULL,
    state text NOT NULL,
    handout_id bigint,
    reason text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    by_name text NOT NULL,
    via text NOT NULL,
    request_id text NOT NULL
);
CREATE INDEX coding_movement_place ON coding_movement (tenant_id, batch_id, first);
COMMENT ON TABLE coding_movement IS 'append-only: the life of issued codes';

-- Codes handed to a line, a supplier, an offline station or a printer house, and what became of them.
CREATE TABLE coding_handout (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    batch_id bigint NOT NULL REFERENCES coding_batch (id),
    first bigint NOT NULL,
    last bigint NOT NULL,
    holder_kind text NOT NULL CHECK (holder_kind IN ('line', 'supplier', 'station', 'printer')),
    holder text NOT NULL,
    used bigint,
    spoiled bigint,
    missing bigint,
    note text NOT NULL DEFAULT '',
    created timestamptz NOT NULL DEFAULT now(),
    created_by text NOT NULL,
    reconciled timestamptz,
    reconciled_by text
);

-- Who took codes out, and how.
CREATE TABLE coding_export (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    batch_id bigint NOT NULL REFERENCES coding_batch (id),
    first bigint NOT NULL,
    last bigint NOT NULL,
    format text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    by_name text NOT NULL,
    via text NOT NULL,
    request_id text NOT NULL
);
COMMENT ON TABLE coding_export IS 'append-only: codes that left the system';

-- Numbers that were passed over and will never be given.
CREATE TABLE coding_gap (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    space_id bigint NOT NULL REFERENCES coding_space (id),
    scope text NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL,
    reason text NOT NULL CHECK (reason IN ('not_committed', 'canceled')),
    at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE coding_gap IS 'append-only: numbers that nobody has';
