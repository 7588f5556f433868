WITH made AS (
    INSERT INTO capture_import
        (id, tenant_id, created_by, user_id, node, version, file_name, file_hash, first_row, header, rows)
    VALUES (%(id)s, %(tenant)s, %(by)s, %(user)s, %(node)s, %(version)s, %(file_name)s, %(file_hash)s, %(first_row)s,
            %(header)s, %(rows)s)
    RETURNING id, tenant_id
)
INSERT INTO capture_import_progress (tenant_id, import_id) SELECT tenant_id, id FROM made
