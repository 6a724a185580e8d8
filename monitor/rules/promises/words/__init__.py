"""The words that the rules know, as tables, and what single ones amount to: nouns, verbs and their forms, bodies."""
