"""Content: from the folders that officers edit to one checked Catalogue."""
