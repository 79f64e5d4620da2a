"""Runs a notebook with Deno's kernel, prints the outputs of its cells as JSON, and keeps the kernel until standard input ends.

The first line of standard input is a JSON list of the cells' texts. The arguments are the folder of the notebook and the
name of the kernel.
"""

import json
import sys

import nbformat
from nbclient import NotebookClient

folder, kernel = sys.argv[1:]
cells = [nbformat.v4.new_code_cell(text) for text in json.loads(sys.stdin.readline())]
notebook = nbformat.v4.new_notebook(cells=cells)
client = NotebookClient(notebook, kernel_name=kernel, timeout=120, resources={"metadata": {"path": folder}})
with client.setup_kernel():
    for index, cell in enumerate(notebook.cells):
        client.execute_cell(cell, index)
    print(json.dumps([cell.outputs for cell in notebook.cells]), flush=True)
    sys.stdin.read()
