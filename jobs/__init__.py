"""The schedule: thin jobs that wake the verbs. The database says what is due; the scheduler only wakes us."""
