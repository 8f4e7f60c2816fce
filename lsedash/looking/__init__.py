"""A running program, seen from outside: its lines, objects, graph, and a copy to take home."""
