"""Changes a slider of a session, and prints as JSON what the label of the session receives,
each text with the number of its patch.

Arguments: the URL of the application, and "loop" to run the event loop of the client, or
"roundtrip" to wait only for replies of the server.
"""

import json
import signal
import sys

from bokeh.client import pull_session

url, mode = sys.argv[1:]
signal.alarm(30)
session = pull_session(url=url)
document = session.document
slider = document.select_one({"name": "slider"})
label = document.select_one({"name": "label"})
patches = []
handle_patch = session._handle_patch
session._handle_patch = lambda message: (patches.append(message), handle_patch(message))
received = []
label.on_change("text", lambda attr, old, new: received.append([new, len(patches)]))
slider.value = 3
if mode == "loop":
    session._connection._loop_until(lambda: slider.value == 5)
else:
    session.force_roundtrip()
end = slider.end
session.pull()
pulled = session.document.select_one({"name": "label"}).text
print(json.dumps({"received": received, "end": end, "pulled": pulled}))
