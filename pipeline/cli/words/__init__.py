"""What each command is called, takes and says in ``--help``: a module a group, which registers itself when it is imported.

What a command does is in the modules beside this package, which are imported when it runs.
"""
