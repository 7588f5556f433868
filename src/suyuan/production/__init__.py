"""Products, routes, work orders, execution checks, WIP, OEE."""
