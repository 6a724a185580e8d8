"""Work on what strangers sent, done where it can harm nobody: a standing process that forks for each piece a child with
limits on memory, time and files, and off the network where the kernel lets it. Knows nothing of what the work is.
"""
