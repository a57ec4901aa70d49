"""The archive: the rebuildable view of the journal, its search, and the officers' key slots."""
