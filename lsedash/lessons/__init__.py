"""Lessons as data: start, question, goal, sentence; and what checks them."""
