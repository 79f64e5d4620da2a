"""`bokeh serve` with TCP_NODELAY, without which Python's server waits for an acknowledgement in the middle of a message."""
import socket
import sys

from bokeh.command.bootstrap import main
from tornado.iostream import IOStream

made = IOStream.__init__


def make(self, connection, *args, **kwargs):
    made(self, connection, *args, **kwargs)
    if connection.family in (socket.AF_INET, socket.AF_INET6):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


IOStream.__init__ = make
IOStream.set_nodelay = lambda self, value: None  # Tornado turns it off again after each answer

main(["bokeh", "serve", *sys.argv[1:]])
