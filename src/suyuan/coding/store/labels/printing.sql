-- Printers, and every label that was ever given to one.
CREATE TABLE coding_printer (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    code text NOT NULL,
    name text NOT NULL,
    site_id bigint REFERENCES tenancy_site (id),
    language text NOT NULL CHECK (language IN ('zpl', 'tspl')),
    dpi integer NOT NULL CHECK (dpi IN (203, 300, 600)),
    connection text NOT NULL CHECK (connection IN ('tcp', 'virtual')),
    host text NOT NULL DEFAULT '',
    port integer NOT NULL DEFAULT 9100,
    width_mm double precision NOT NULL DEFAULT 108,
    media text NOT NULL DEFAULT '',
    darkness integer,
    speed integer,
    pictures boolean NOT NULL DEFAULT false,
    answers boolean NOT NULL DEFAULT true,
    active boolean NOT NULL DEFAULT true,
    created timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant_id, code)
);
COMMENT ON COLUMN coding_printer.pictures IS 'send whole labels as one picture';
COMMENT ON COLUMN coding_printer.answers IS 'it tells its state when asked';

CREATE TABLE coding_print_job (
    id uuid PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    created timestamptz NOT NULL DEFAULT clock_timestamp(),
    created_by text NOT NULL,
    user_id bigint,
    label_key text NOT NULL,
    label_version integer,
    title_zh text NOT NULL,
    title_en text NOT NULL,
    document jsonb,
    printer_id bigint NOT NULL REFERENCES coding_printer (id),
    labels integer NOT NULL CHECK (labels > 0),
    copies integer NOT NULL CHECK (copies > 0),
    sent integer NOT NULL DEFAULT 0,
    state text NOT NULL DEFAULT 'queued'
        CHECK (state IN ('queued', 'sending', 'printed', 'failed', 'canceled')),
    attempts integer NOT NULL DEFAULT 0,
    due timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen timestamptz,
    started timestamptz,
    finished timestamptz,
    confirmed boolean NOT NULL DEFAULT false,
    cancel boolean NOT NULL DEFAULT false,
    fault jsonb,
    reprint_of uuid REFERENCES coding_print_job (id),
    reason text NOT NULL DEFAULT ''
);
CREATE INDEX coding_print_job_newest ON coding_print_job (tenant_id, created DESC, id DESC);
CREATE INDEX coding_print_job_open ON coding_print_job (tenant_id, printer_id, created)
    WHERE state IN ('queued', 'sending');
COMMENT ON COLUMN coding_print_job.document IS 'of a test print from a draft; else the version says it';
COMMENT ON COLUMN coding_print_job.seen IS 'when the sending process last said that it lives';

CREATE TABLE coding_print_label (
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    job_id uuid NOT NULL REFERENCES coding_print_job (id),
    position integer NOT NULL,
    label_key text NOT NULL,
    code text,
    "values" jsonb NOT NULL,
    PRIMARY KEY (tenant_id, job_id, position)
);
CREATE INDEX coding_print_label_code ON coding_print_label (tenant_id, label_key, code) WHERE code IS NOT NULL;
COMMENT ON TABLE coding_print_label IS 'append-only: what stood on each label';

CREATE TABLE coding_printout (
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    job_id uuid NOT NULL REFERENCES coding_print_job (id),
    position integer NOT NULL,
    picture bytea NOT NULL,
    PRIMARY KEY (tenant_id, job_id, position)
);
COMMENT ON TABLE coding_printout IS 'derived: what a virtual printer drew';
