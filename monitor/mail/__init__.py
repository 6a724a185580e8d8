"""mail.db, the private side: subscribers, outbox, rendering, transports."""
