-- Where a confirmation was made, and when by the device's clock: without a network it arrives later.
ALTER TABLE production_instruction_read ADD COLUMN place text, ADD COLUMN taken timestamptz;
COMMENT ON COLUMN production_instruction_read.taken IS 'by the clock of the device; null: when it arrived';
