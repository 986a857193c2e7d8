package dev.postrider.architecture.twin.mailbox;

import java.net.Socket;

/** A mailbox that calls out by itself. */
record CallsOut(Socket socket) {}
