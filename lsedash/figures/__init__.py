"""Charts: plain data in, Plotly figure out. Each gathers its data first and draws it then."""
