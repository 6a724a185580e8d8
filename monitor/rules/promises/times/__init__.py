"""Phrases of time, and the days that each allows: `due` puts them together."""
