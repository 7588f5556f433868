"""Words that all modules share; tiny and pure."""
