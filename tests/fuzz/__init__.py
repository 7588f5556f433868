"""The whole interface, tried with what its own description allows and forbids, by an independent tool."""
