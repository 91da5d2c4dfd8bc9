"""Commands that `loa` imports when they are called."""
