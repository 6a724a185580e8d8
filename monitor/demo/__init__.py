"""The demonstration: a recorded week, replayed offline through the whole program. See README.md beside this file."""
