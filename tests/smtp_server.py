"""A real mail server on loopback that keeps what it accepts and says what a test tells it to say."""

import asyncio
import email
import socket
from contextlib import contextmanager
from email import policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class MailServer:
    """Scripted by its attributes: a reply such as "451 Try later", or a function of the address that returns one.

    A function runs in a thread of its own, so it may block; None stands for the usual reply. `hang_up_at` names a
    phase ("mail", "rcpt", "data") at which the server closes the connection without a word.
    """

    def __init__(self):
        self.accepted = []  # (recipient, message)
        self.senders = {}  # by recipient, as on the envelope: where what cannot be delivered goes
        self.connections = 0
        self.mail = self.rcpt = self.data = None
        self.hang_up_at = None
        self.password = None

    @property
    def recipients(self):
        return [recipient for recipient, _ in self.accepted]

    @property
    def messages(self):
        return [message for _, message in self.accepted]

    async def reply(self, phase, server, subject):
        if self.hang_up_at == phase:
            server.transport.abort()
            return "421 Goodbye"
        scripted = getattr(self, phase)
        return await asyncio.to_thread(scripted, subject) if callable(scripted) else scripted

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        reply = await self.reply("mail", server, address)
        if reply is None:
            envelope.mail_from = address
        return reply or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        reply = await self.reply("rcpt", server, address)
        if reply is None:
            envelope.rcpt_tos.append(address)
        return reply or "250 OK"

    async def handle_DATA(self, server, session, envelope):
        (recipient,) = envelope.rcpt_tos
        reply = await self.reply("data", server, recipient)
        if reply is None or reply.startswith("250"):
            message = email.message_from_bytes(envelope.original_content, policy=policy.default)
            self.accepted.append((recipient, message))
            self.senders[recipient] = envelope.mail_from
        return reply or "250 OK"

    def authenticate(self, server, session, envelope, mechanism, data):
        return AuthResult(success=data.password.decode() == self.password, handled=False)

    @contextmanager
    def running(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        controller = Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            authenticator=self.authenticate,
            auth_require_tls=False,
        )
        controller.start()
        try:
            yield self
        finally:
            controller.stop()
