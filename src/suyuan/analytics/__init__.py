"""Read models, dashboards, reports."""
