"""Read QR codes as a camera would, by another implementation than the one that draws them."""

import re
from io import BytesIO

import numpy as np
import zxingcpp
from PIL import Image

PIXELS = 6  # of a module in a picture


def modules(svg):
    """Which modules of a drawing are dark, as a square of booleans with its quiet zone."""
    size = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])
    dark = np.zeros((size, size), dtype=bool)
    path = re.search(r'fill="#000" d="(.*?)"', svg)[1]
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path):
        dark[int(y), int(x) : int(x) + int(width)] = True
    return dark


def half_blocks(text):
    """The same of a code that was written to a terminal; a light half is a drawn one."""
    upper = [[mark not in "█▀" for mark in line] for line in text.splitlines()]
    lower = [[mark not in "█▄" for mark in line] for line in text.splitlines()]
    return np.array([row for pair in zip(upper, lower, strict=True) for row in pair])


def read_modules(dark):
    """The texts of all codes in a square of modules."""
    picture = np.kron(np.where(dark, 0, 255).astype(np.uint8), np.ones((PIXELS, PIXELS), np.uint8))
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def read_picture(png):
    """The texts of all codes in a picture."""
    return [code.text for code in zxingcpp.read_barcodes(Image.open(BytesIO(png)))]
