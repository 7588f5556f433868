"""The reference implementation of the trace semantics (docs/reference/trace-semantics.md): pure, lazy, no I/O."""
