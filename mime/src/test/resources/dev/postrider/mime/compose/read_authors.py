"""Reads From of every message in a directory in the ways that Python programs do, and prints what
each finds: file name, way and the addresses in base64, separated by tabs."""

import base64
import email
import email.header
import email.policy
import email.utils
import pathlib
import sys


def new(text):
    mail = email.message_from_string(text, policy=email.policy.default)
    return [address.addr_spec for address in mail["from"].addresses]


def old(text):
    mail = email.message_from_string(text)
    return [address for _, address in email.utils.getaddresses(mail.get_all("from"))]


def decoded_first(text):
    mail = email.message_from_string(text)
    decoded = str(email.header.make_header(email.header.decode_header(mail["from"])))
    return [address for _, address in email.utils.getaddresses([decoded]) if "@" in address]


def naive(text):
    mail = email.message_from_string(text)
    return [email.utils.parseaddr(mail["from"])[1]]


for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    for way in (new, old, naive, decoded_first):
        found = [base64.b64encode(a.encode()).decode() for a in way(path.read_bytes().decode())]
        print(path.name, way.__name__, *found, sep="\t")
