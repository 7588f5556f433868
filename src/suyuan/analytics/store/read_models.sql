CREATE TABLE analytics_hour (
    tenant_id bigint NOT NULL,
    site_id bigint NOT NULL,
    hour timestamptz NOT NULL,
    biz_step text NOT NULL,
    events integer NOT NULL,
    units integer NOT NULL,
    PRIMARY KEY (tenant_id, hour, biz_step, site_id)
);
COMMENT ON TABLE analytics_hour IS 'derived: events and units by hour and step';

-- First and last inspection of each unit: what first-pass yield and yield are counted from.
CREATE TABLE analytics_inspection (
    tenant_id bigint NOT NULL,
    item_id bigint NOT NULL,
    site_id bigint NOT NULL,
    first_time timestamptz NOT NULL,
    first_good boolean NOT NULL,
    last_time timestamptz NOT NULL,
    last_good boolean NOT NULL,
    PRIMARY KEY (tenant_id, item_id)
);
CREATE INDEX analytics_inspection_last ON analytics_inspection (tenant_id, last_time);
CREATE INDEX analytics_inspection_first ON analytics_inspection (tenant_id, first_time);
COMMENT ON TABLE analytics_inspection IS 'derived: first and last inspection of each unit';

CREATE TABLE analytics_alarm (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL,
    site_id bigint NOT NULL,
    event_number bigint NOT NULL,
    time timestamptz NOT NULL,
    level text NOT NULL,
    kind text NOT NULL,
    item_id bigint,
    subject text,
    UNIQUE (tenant_id, event_number, kind)
);
CREATE INDEX analytics_alarm_time ON analytics_alarm (tenant_id, time DESC);
COMMENT ON TABLE analytics_alarm IS 'derived: events that somebody should look at';
