"""What a statement has spoken of, promised or not (`ledger`), and what its pronouns and short names go back to (`references`)."""
