"""Charts: what they show, gathered as plain data. The stage draws it in the browser."""
