"""Charts: gather plain data, then draw it with Plotly or in the browser."""
