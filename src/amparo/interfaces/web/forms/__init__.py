"""What people type, checked before a room sees it."""
