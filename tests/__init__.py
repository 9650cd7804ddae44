"""The tests. A package, so that no library's own `tests` can stand in its place."""
