"""Plans, inspections, SPC, NCR, 8D, holds."""
