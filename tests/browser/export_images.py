"""Exports documents with Bokeh for Python: a JSON text with documents by name is read from standard input."""

import json
import sys

import bokeh.io.browser as browser_module
from bokeh.document import Document
from bokeh.io import export_png, export_svg
from bokeh.util import serialization
from playwright.sync_api import sync_playwright

# Bokeh 3.10 takes a document without views for one that is drawn, and then finds no root.
browser_module.wait_until_render_complete = lambda page, timeout: page.wait_for_function(
    "globalThis.Bokeh?.index?.roots?.length > 0 && Bokeh.documents[0].is_idle"
)

# Models that Bokeh makes while it exports must not get the ids of those in the documents.
serialization._simple_id = 1_000_000

folder, browser = sys.argv[1:]
documents = json.load(sys.stdin)
with sync_playwright() as playwright:
    driver = playwright.chromium.launch(
        executable_path=browser, args=["--hide-scrollbars", "--force-color-profile=srgb", "--disable-gpu"]
    )
    for name, text in documents.items():
        document = Document.from_json(text)
        root = document.roots[0]
        export_png(root, filename=f"{folder}/{name}.png", webdriver=driver, timeout=30)
        export_svg(root, filename=f"{folder}/{name}.svg", webdriver=driver, timeout=30)
    driver.close()
