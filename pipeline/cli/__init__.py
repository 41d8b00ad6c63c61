"""The command ``factledger``: parses words, calls the rooms below, prints.

Data goes to standard output, progress and messages to standard error. Exit codes: 0 done; 1 it could not be done, or, with
``--strict``, something was rejected; 2 wrong use (option, setting, SQL). What a command needs is imported when it runs,
since ``--help`` must not wait for Arrow or spaCy.
"""

from __future__ import annotations

from pipeline.cli.command import app as app

# Commands are listed in the order in which their groups register themselves.
# isort: off
from pipeline.cli.words import bringing as bringing
from pipeline.cli.words import asking as asking
from pipeline.cli.words import looking as looking
from pipeline.cli.words import keeping as keeping
from pipeline.cli.words import measuring as measuring
