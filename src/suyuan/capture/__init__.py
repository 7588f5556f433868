"""Reading to checks to event."""
