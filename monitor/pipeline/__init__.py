"""The verbs: poll, match, digest, deliver, check. Each is one function that takes what lies in its tray."""
