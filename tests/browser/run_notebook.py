"""Runs cells with Deno's kernel, prints their outputs as JSON, and keeps the kernel until standard input ends.

The first line of standard input is a JSON list of pairs: the text of a cell, and whether it shows something. The arguments
are the folder of the notebook and the name of the kernel.

The kernel sometimes sends an output after the message that the cell has ended. Notebooks show it nevertheless; nbclient
would drop it.
"""

import json
import queue
import sys
import time

from jupyter_client.manager import start_new_kernel

# Limit for all cells, and time without a message after which the outputs are complete, in seconds.
LIMIT = 120
QUIET = 1

folder, kernel = sys.argv[1:]
cells = json.loads(sys.stdin.readline())
manager, client = start_new_kernel(kernel_name=kernel, cwd=folder)
outputs = {}  # by the id of the request that runs the cell
displays = {}  # by the id by which a later cell updates them
deadline = time.monotonic() + LIMIT


def receive(timeout):
    """Records the next message of the kernel. Returns whether it states that a cell has ended."""
    message = client.get_iopub_msg(timeout=timeout)
    kind, content = message["msg_type"], message["content"]
    cell = outputs.get(message["parent_header"].get("msg_id"))
    display_id = content.get("transient", {}).get("display_id")
    if kind == "update_display_data":
        displays[display_id]["data"] = content["data"]
    elif cell is not None and kind in ("display_data", "execute_result", "error"):
        output = {"output_type": kind, "data": content.get("data", {})}
        cell.append(output)
        if display_id is not None:
            displays[display_id] = output
        if kind == "error":
            raise RuntimeError("\n".join(content["traceback"]))
    return kind == "status" and content["execution_state"] == "idle" and cell is not None


try:
    for text, _ in cells:
        outputs[client.execute(text)] = []
        while not receive(deadline - time.monotonic()):
            pass
    while any(shows and not shown for (_, shows), shown in zip(cells, outputs.values())):
        receive(deadline - time.monotonic())
    try:
        while True:
            receive(QUIET)
    except queue.Empty:
        pass
    print(json.dumps(list(outputs.values())), flush=True)
    sys.stdin.read()
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
