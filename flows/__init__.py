"""The way through, as one story: what is there → what is new → read and extract in batches → load.

Prefect is kept offline and quiet unless the user says otherwise: no analytics, and no pages of cancelled tasks when a
server that was started for one run goes away. These are defaults, set before Prefect is imported.
"""

import os

for _name, _value in (
    ("PREFECT_SERVER_ANALYTICS_ENABLED", "false"),
    ("DO_NOT_TRACK", "1"),
    ("PREFECT_SERVER_LOGGING_LEVEL", "CRITICAL"),
    # A run of a deployment tells that it is alive, so that a server can mark one as crashed whose machine has died.
    ("PREFECT_FLOWS_HEARTBEAT_FREQUENCY", "30"),
):
    os.environ.setdefault(_name, _value)
