"""Tables and SQL of ``designer``."""
