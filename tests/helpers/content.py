"""What Streamlit sends to a component of ours."""

import json


def content(sent):
    """The component's data."""
    return json.loads(sent.json)["content"]
