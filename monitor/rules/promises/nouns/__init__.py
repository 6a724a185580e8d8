"""Noun phrases that may name documents: where one begins and ends (`phrases`), and what the document is called (`naming`)."""
