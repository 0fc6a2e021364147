"""Draw docs/demo.svg: the terminal after `refcheck demo`, 80 columns wide."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

PICTURE = Path(__file__).resolve().parent.parent / "docs/demo.svg"


def main() -> None:
    """Run the demo, and write what the terminal shows as a picture that needs no font from elsewhere."""
    environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-m", "refcheck", "demo"], env=environment, capture_output=True, check=True)
    console = Console(record=True, width=88, file=StringIO())
    console.print(Text("$ refcheck demo", style="bold"))
    console.print(Text.from_ansi(done.stdout.decode("utf-8")))
    svg = console.export_svg(title="refcheck demo (simulated sites)", unique_id="demo")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    PICTURE.write_text(svg, "utf-8")
    print(f"{PICTURE}: {len(svg)} characters")


if __name__ == "__main__":
    main()
