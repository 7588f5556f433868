-- What a plant wants of the quality of entries: shares in percent, points of 100.
CREATE TABLE capture_target (
    tenant_id bigint PRIMARY KEY REFERENCES tenancy_tenant (id),
    automatic integer NOT NULL,
    late integer NOT NULL,
    corrected integer NOT NULL,
    refused integer NOT NULL,
    points integer NOT NULL
);
