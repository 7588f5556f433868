INSERT INTO tenancy_sign_in (tenant_id, user_id, address, agent, outcome, method, new_address)
SELECT %(tenant)s, %(user)s, %(address)s, %(agent)s, %(outcome)s, %(method)s,
       %(outcome)s = 'signed_in'
       AND EXISTS (SELECT FROM tenancy_sign_in WHERE tenant_id = %(tenant)s AND user_id = %(user)s
                    AND outcome = 'signed_in')
       AND NOT EXISTS (SELECT FROM tenancy_sign_in WHERE tenant_id = %(tenant)s AND user_id = %(user)s
                        AND outcome = 'signed_in' AND address = %(address)s)
