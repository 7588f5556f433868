"""Pages for consumers, and the API that decides what they show."""
