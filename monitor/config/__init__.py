"""The operator's decisions: config.toml, read whole or refused with every mistake in it, each with its line and a remedy."""

from monitor.config.loading import Config, find_config, load_config, starter_config
from monitor.config.queries import WrittenQuery

__all__ = ["Config", "WrittenQuery", "find_config", "load_config", "starter_config"]
