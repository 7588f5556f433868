"""Plant model, bills of materials, routes, work orders, and what protects their execution."""
