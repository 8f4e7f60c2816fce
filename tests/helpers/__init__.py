"""What several files of tests share; none of it is a test."""
