"""What a sentence says is done: its acts (`states`, `verbs`), by whom, to which documents, where and when (`clauses`)."""
