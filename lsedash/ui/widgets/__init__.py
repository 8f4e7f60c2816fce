"""What pages are made of: components of ours, charts, tables, progress."""
