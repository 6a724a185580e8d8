"""Publication Monitor: watches GOV.UK and Parliament, keeps every version, mails digests people can trust."""

__version__ = "0.1.0"
