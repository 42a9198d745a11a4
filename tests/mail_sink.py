"""A mail server on loopback that does as little as it can: it takes every message and notes its Message-ID.

It runs in a process of its own and is much quicker than tests/smtp_server.py, so that what a benchmark measures with it
is the sender. Its first line of output is its port; each line it reads it answers with the Message-IDs taken since.
"""

import json
import re
import socketserver
import subprocess
import sys
import threading
from collections import deque
from contextlib import contextmanager

REPLIES = {b"EHLO": b"250-sink\r\n250-8BITMIME\r\n250 SIZE\r\n", b"DATA": b"354 Go on\r\n", b"QUIT": b"221 Bye\r\n"}
MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.MULTILINE | re.IGNORECASE)


class Conversation(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self):
        self.wfile.write(b"220 sink\r\n")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            self.wfile.write(REPLIES.get(verb, b"250 OK\r\n"))
            if verb == b"DATA":
                self.take_message()
            elif verb == b"QUIT":
                return

    def take_message(self):
        """Noted before the reply, as by a mail server that puts it on disk first."""
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return
            lines.append(line)
        self.server.taken.append(MESSAGE_ID.search(b"".join(lines)).group(1).decode())
        self.wfile.write(b"250 Taken\r\n")


class Sink(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self):
        self.taken = deque()  # of which each conversation and the reader take hold without a lock
        super().__init__(("127.0.0.1", 0), Conversation)

    def handle_error(self, request, client_address):
        """A sender that was killed is no error of the sink."""


class SinkProcess:
    def __init__(self, process):
        self.process = process
        self.port = int(process.stdout.readline())

    def taken(self):
        """The Message-IDs taken since the last call."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@contextmanager
def running():
    command = [sys.executable, "-m", "tests.mail_sink"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield SinkProcess(process)
        finally:
            process.stdin.close()  # its sign to end


def main():
    with Sink() as sink:
        threading.Thread(target=sink.serve_forever, daemon=True).start()
        print(sink.server_address[1], flush=True)  # noqa: T201
        for _ in sys.stdin:
            print(json.dumps([sink.taken.popleft() for _ in range(len(sink.taken))]), flush=True)  # noqa: T201
        sink.shutdown()


if __name__ == "__main__":
    main()
