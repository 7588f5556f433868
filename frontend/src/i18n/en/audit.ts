export default {
  title: "Audit",
  text: "Who changed what, and when. Written by the database itself; nobody can rewrite it.",
  list: "List of audit records",
  column: { time: "When", actor: "Who", via: "Through", action: "What was done", table: "Object", key: "Number", changed: "Fields changed", reason: "Reason" },
  filter: { time: "When", table: "Object", actor: "Who" },
  action: { insert: "Created", update: "Changed", delete: "Deleted" },
  via: { session: "Console", token: "Token", system: "System", database: "Database" },
<<<<<<< Updated upstream
  table: { place: "Place outside", log_key: "Signing key", review: "Review", master: "Master data", user: "Person", public_product: "Consumer page", person: "Person", role: "Role", token: "Token", site: "Site", tenant: "Tenant", grant: "Grant", session: "Session" },
  drawer: { sealed: "Sealed as entry {{position}} of the log", title: "{{action}}: {{table}} {{key}}", field: "Field", before: "Before", after: "After", request: "Request", unchanged: "No field changed." },
  review: {
    begin: "Review",
    title: "Record a review",
    submit: "Put on record",
    list: "Reviews",
    outcome: "Outcome",
    outcomes: { in_order: "In order", follow_up: "To be followed up" },
    note: "Note",
    noteHelp: "Write what you looked at and what you found. What is reviewed are the records listed above, up to now.",
    column: { at: "Time", reviewer: "Reviewer", outcome: "Outcome", entries: "Records", upto: "Up to", note: "Note" },
  },
=======
  table: { master: "Master data", user: "Person", public_product: "Consumer page", person: "Person", role: "Role", token: "Token", site: "Site", tenant: "Tenant", grant: "Grant", session: "Session", policy: "Sign-in rules", factor: "Authenticator", former_password: "Former password" },
  drawer: { title: "{{action}}: {{table}} {{key}}", field: "Field", before: "Before", after: "After", request: "Request", unchanged: "No field changed." },
>>>>>>> Stashed changes
  emptyTitle: "No audit records yet",
  emptyText: "Every change to people, roles, tokens and the like appears here.",
} as const;
