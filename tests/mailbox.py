"""A real mail server on this machine that keeps what it is sent."""

import email
import socket
from contextlib import contextmanager
from unittest.mock import patch

from aiosmtpd.controller import Controller


class Keeper:
    """Keep each message with its envelope recipients."""

    def __init__(self):
        self.received = []

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content)
        self.received.append((envelope.rcpt_tos, message))
        return "250 kept"


@contextmanager
def mailbox(env):
    """Let the queue of ``env`` be sent for real; give what arrived.

    Odoo sends nothing while testing, so that switch is lifted for the block.
    """
    keeper = Keeper()
    controller = Controller(keeper, hostname="127.0.0.1", port=_free_port())
    controller.start()
    server = env["ir.mail_server"].create(
        {
            "name": "Mailbox",
            "smtp_host": "127.0.0.1",
            "smtp_port": controller.port,
            "smtp_encryption": "none",
        }
    )
    try:
        with patch.object(type(server), "_disable_send", lambda self: False):
            yield keeper.received
    finally:
        controller.stop()
        server.unlink()


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def send_queue(env):
    """Send what waits, as the scheduler does."""
    waiting = env["mail.mail"].sudo().search([("state", "=", "outgoing")])
    waiting.send()
