-- Parties are looked for where events name any; an export is written down before its first byte leaves.
CREATE INDEX trace_document_source ON trace_document (tenant_id, event_number) WHERE document ? 'sourceList';
CREATE INDEX trace_document_destination ON trace_document (tenant_id, event_number) WHERE document ? 'destinationList';
CREATE INDEX trace_event_shift ON trace_event (tenant_id, shift, event_time, number) WHERE shift IS NOT NULL;

CREATE TABLE trace_export (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL,
    made timestamptz NOT NULL DEFAULT clock_timestamp(),
    made_by text NOT NULL,
    format text NOT NULL,
    items bigint NOT NULL,
    question jsonb NOT NULL
);
