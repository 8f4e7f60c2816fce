"""A variant from outside: its text, what it holds while it runs, its graph, a copy to take home."""
