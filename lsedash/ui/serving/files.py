"""The files that components fetch."""

from mimetypes import guess_type
from pathlib import Path
from stat import S_ISREG

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

SERVED = (".js", ".css")  # and the one page that a script fetches; templates are not served
STAGE_PAGE = "stage.html"


class Modules(StaticFiles):
    """The JavaScript, styles and HTML in a folder, and no other file."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        file, stat = self.lookup_path(path)
        allowed = Path(path).suffix in SERVED or Path(path).name == STAGE_PAGE
        if not allowed or stat is None or not S_ISREG(stat.st_mode):
            raise HTTPException(status_code=404)
        # Read here: the files are small, and handing each to a thread takes longer.
        response = Response(Path(file).read_bytes(), media_type=guess_type(file)[0])
        response.headers["etag"] = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
        response.headers["cache-control"] = "no-cache"  # else old scripts run after an upgrade
        if self.is_not_modified(response.headers, Headers(scope=scope)):
            return NotModifiedResponse(response.headers)
        return response
