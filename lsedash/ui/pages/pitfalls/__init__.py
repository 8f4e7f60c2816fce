"""The page Pitfalls: programs that go wrong, on the visitor's own system."""
