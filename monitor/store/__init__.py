"""archive.db, the public record. Holds no personal data of subscribers."""
