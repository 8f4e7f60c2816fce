"""How much memory a program has taken, for programs that are run in interpreters of their own."""

PEAK = """
import re
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from sys import platform

def peak():  # megabytes
    if platform == "darwin":
        return getrusage(RUSAGE_SELF).ru_maxrss / 2**20
    # Linux hands ru_maxrss down from the process that starts this one
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 2**10
"""
