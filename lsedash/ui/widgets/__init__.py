"""The parts of pages: our components, charts, tables, the progress bar."""
