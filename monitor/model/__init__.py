"""The nouns of the trade, as frozen dataclasses. They know nobody and do no I/O.

Import a noun from the file that is named after it: `from monitor.model.publication import Publication`.
"""
