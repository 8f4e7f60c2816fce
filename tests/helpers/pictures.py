"""Pictures of charts, taken as a visitor takes them."""

import re
import struct
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
OPAQUE = """async (png) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height), context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  return data.every((value, i) => i % 4 !== 3 || value === 255) && [...data.slice(0, 3)];
}"""


@dataclass(frozen=True)
class Picture:
    """A file that the browser saved."""

    name: str
    content: bytes

    @property
    def size(self):
        """Width and height, of a PNG in pixels."""
        if self.name.endswith(".png"):
            return struct.unpack(">II", self.content[16:24])
        return tuple(float(self.drawing.get(side)) for side in ("width", "height"))

    @property
    def drawing(self):
        """The root of an SVG."""
        return ElementTree.fromstring(self.content.decode())

    @property
    def words(self):
        """All texts that an SVG shows, in order."""
        texts = self.drawing.iter(f"{SVG}text")
        return [re.sub(r"[\s\u200b]+", " ", "".join(t.itertext())).strip() for t in texts]

    def drawn(self, name):
        """The elements of an SVG that have a class."""
        return [part for part in self.drawing.iter() if name in part.get("class", "").split()]


def saved(page, chart, kind):
    """Press a chart's button; the file that the browser saves."""
    with page.expect_download() as download:
        page.get_by_role("button", name=f"{chart} as {kind}", exact=True).press("Enter")
    file = download.value
    return Picture(file.suggested_filename, Path(file.path()).read_bytes())


def corner_if_opaque(page, png):
    """The colour of a PNG's first pixel, [red, green, blue]; False if any pixel shines through."""
    return page.evaluate(OPAQUE, b64encode(png.content).decode())
