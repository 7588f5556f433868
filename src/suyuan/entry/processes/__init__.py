"""Our processes (web server, worker, simulator) as one group, with what must hold before they start.

::

    with claimed(data, "suyuan serve, port 8000") as claim:
        require_free_port(host, port)
        ProcessGroup([Child("web", [...]), Child("worker", [...])], inherit=[claim]).run()
"""

from .child import Child
from .data_lock import claimed
from .group import ProcessGroup
from .ports import is_listening, require_free_port

__all__ = ["Child", "ProcessGroup", "claimed", "is_listening", "require_free_port"]
