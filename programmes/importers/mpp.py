"""Microsoft Project's own ``.mpp`` file, by the optional extra ``mpp``: the Java library MPXJ as a program of its own."""

import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from icp.common.tabular import TableError

SECONDS = 120
MOST_MEMORY = "-Xmx256m"
INSTEAD = "Open it in Microsoft Project, save it as XML, and send that"
# Run by another Python, so that neither Java nor what it does with the file is in this process.
PROGRAM = """
import sys
import jpype
import mpxj
jpype.startJVM(sys.argv[3])
from java.io import File
from org.mpxj.reader import UniversalProjectReader
from org.mpxj.mspdi import MSPDIWriter
project = UniversalProjectReader().read(File(sys.argv[1]))
if project is None:
    sys.exit(3)
MSPDIWriter().write(project, File(sys.argv[2]))
"""


def why_not() -> str:
    """The sentence that says why this portal reads no ``.mpp``; empty where it does."""
    if find_spec("mpxj") is None or find_spec("jpype") is None:
        return "this portal was installed without its extra “mpp”"
    return "" if shutil.which("java") else "there is no Java where this portal runs"


def as_mspdi(data: bytes, filename: str) -> bytes:
    """The same project as XML.

    Raises:
        TableError: this portal cannot read ``.mpp``, or not this one.
    """
    if reason := why_not():
        raise TableError(f"A .mpp file cannot be read here, because {reason}. {INSTEAD}.")
    with tempfile.TemporaryDirectory(prefix="icp-mpp-") as folder:
        given, made = Path(folder) / "given.mpp", Path(folder) / "made.xml"
        given.write_bytes(data)
        try:
            subprocess.run(  # noqa: S603 - a list of words, through no shell
                [sys.executable, "-c", PROGRAM, str(given), str(made), MOST_MEMORY],
                check=True,
                timeout=SECONDS,
                capture_output=True,
            )
            return made.read_bytes()
        except (subprocess.SubprocessError, OSError):
            raise TableError(f"This .mpp file cannot be read. {INSTEAD}.") from None
