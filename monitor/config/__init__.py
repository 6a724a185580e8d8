"""The operator's decisions: config.toml, read whole or refused with every mistake in it, each with its line and a remedy."""

from monitor.config.differences import Differences, differences, fixed_in_flight
from monitor.config.findings import Finding
from monitor.config.loading import Config, find_config, load_config, problems_at, starter_config
from monitor.config.queries import WrittenQuery

__all__ = [
    "Config",
    "Differences",
    "Finding",
    "WrittenQuery",
    "differences",
    "find_config",
    "fixed_in_flight",
    "load_config",
    "problems_at",
    "starter_config",
]
