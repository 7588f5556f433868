-- How operations went, counted by quarters of an hour: what the board reads instead of counting passages at each question.
-- Fed with the passages, made anew with them. The names are '' where a passage has none; ``key`` stands for all of them,
-- since together they may be longer than an index takes.
CREATE TABLE production_flow (
    tenant_id bigint NOT NULL,
    quarter timestamptz NOT NULL,
    key uuid NOT NULL,
    site_id bigint NOT NULL,
    operation text NOT NULL,
    came_from text NOT NULL,
    product text NOT NULL,
    place text NOT NULL,
    equipment text NOT NULL,
    waited smallint NOT NULL,
    passages bigint NOT NULL,
    done bigint NOT NULL,
    failed bigint NOT NULL,
    onward bigint NOT NULL,
    waited_seconds bigint NOT NULL,
    PRIMARY KEY (tenant_id, quarter, key)
);
COMMENT ON TABLE production_flow IS 'derived: passages counted by quarter of an hour, operation and how long they waited';
CREATE INDEX production_passage_order ON production_passage (tenant_id, work_order, time) WHERE work_order IS NOT NULL;

CREATE FUNCTION production_flow_key(VARIADIC names text[]) RETURNS uuid IMMUTABLE PARALLEL SAFE LANGUAGE sql
    RETURN md5(array_to_string(names, chr(31)))::uuid;
-- The class of a wait: eight to each doubling, so that what is in one class differs by less than a tenth. -1: it did not
-- wait for this operation, it came from nowhere or from the same one.
CREATE FUNCTION production_flow_waited(came_from text, operation text, seconds integer) RETURNS smallint
    IMMUTABLE PARALLEL SAFE LANGUAGE sql
    RETURN CASE WHEN came_from IS NULL OR came_from = operation OR seconds IS NULL THEN -1
                WHEN seconds < 8 THEN greatest(seconds, 0) ELSE floor(ln(seconds::float8) / ln(2.0::float8) * 8) - 16 END::smallint;
