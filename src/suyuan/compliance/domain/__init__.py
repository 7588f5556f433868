"""Rules of ``compliance``: the Merkle tree, signed notes, entries of the log."""
