"""The operator's decisions: config.toml, read whole or refused with every mistake in it, each with its line and a remedy."""

from monitor.config.loading import Config, find_config, load_config, starter_config

__all__ = ["Config", "find_config", "load_config", "starter_config"]
