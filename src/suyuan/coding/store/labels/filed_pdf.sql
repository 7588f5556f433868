ALTER TABLE coding_print_job ALTER COLUMN printer_id DROP NOT NULL;
COMMENT ON COLUMN coding_print_job.printer_id IS 'null where the labels went into a PDF that somebody took away';
