export default {
  title: "Audit",
  text: "Who changed what, and when. Written by the database itself; nobody can rewrite it.",
  list: "List of audit records",
  column: { time: "When", actor: "Who", via: "Through", action: "What was done", table: "Object", key: "Number", changed: "Fields changed", reason: "Reason" },
  filter: { time: "When", table: "Object", actor: "Who" },
  action: { insert: "Created", update: "Changed", delete: "Deleted" },
  via: { session: "Console", token: "Token", system: "System", database: "Database" },
  table: { master: "Master data", user: "Person", public_product: "Consumer page", person: "Person", role: "Role", token: "Token", site: "Site", tenant: "Tenant", grant: "Grant", session: "Session" },
  drawer: { title: "{{action}}: {{table}} {{key}}", field: "Field", before: "Before", after: "After", request: "Request", unchanged: "No field changed." },
  emptyTitle: "No audit records yet",
  emptyText: "Every change to people, roles, tokens and the like appears here.",
} as const;
