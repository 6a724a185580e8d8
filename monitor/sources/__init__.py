"""How each publisher speaks: one file a publisher, without I/O. See docs/sources.md for how to add one."""
