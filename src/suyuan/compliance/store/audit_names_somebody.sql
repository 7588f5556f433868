-- A transaction that serves several requests at once acts in nobody's name: what it changes of audited rows must be in the
-- name of one of them, or fails whole.
ALTER TABLE compliance_audit ADD CONSTRAINT compliance_audit_names_somebody CHECK (via <> 'group');
