INSERT INTO coding_print_job
    (id, tenant_id, created_by, user_id, label_key, label_version, title_zh, title_en, document, printer_id,
     labels, copies, reprint_of, reason)
VALUES
    (%(id)s, %(tenant)s, %(by)s, %(user)s, %(key)s, %(version)s, %(title_zh)s, %(title_en)s, %(document)s::jsonb,
     %(printer)s, %(labels)s, %(copies)s, %(reprint_of)s, %(reason)s)
