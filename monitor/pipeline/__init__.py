"""The verbs: poll, resolve, match, digest, deliver. Each is one function that takes what lies in its tray."""
