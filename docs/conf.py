"""Sphinx's settings. Run it with ``make docs``."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "_ext"), str(HERE.parent / "src")]

# The API's description needs the desk's settings, and they a data folder: an empty one, never the writer's own.
_home = tempfile.TemporaryDirectory(prefix="clarion-docs-")
for _name in [name for name in os.environ if name.startswith("CLARION_") or name == "DATABASE_URL"]:
    del os.environ[_name]
os.environ["CLARION_HOME"] = _home.name

import clarion  # noqa: E402 - only now does it find the folder

project = "Clarion"
author = "The Clarion contributors"
project_copyright = "The Clarion contributors, Apache-2.0"
version = release = clarion.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "house", "mathml", "docstrings"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
nitpicky = False

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "show-inheritance": False}
python_use_unqualified_type_names = True
add_module_names = False
html_math_renderer = "mathml"

html_theme = "furo"
html_title = "Clarion"
html_static_path = ["_static"]
html_css_files = ["clarion.css"]
html_copy_source = False
html_show_sphinx = False
html_last_updated_fmt = None
