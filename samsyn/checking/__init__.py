"""Takes an agreement, gives what it holds of what it ought to hold."""
