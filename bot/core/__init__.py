"""Pure: no network, no database, no clock, no environment; import-linter holds that."""
