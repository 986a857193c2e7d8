"""Reads every message in a directory and prints what it says, one fact a line:
file name, fact's name and its values in base64, separated by tabs."""

import base64
import email
import email.header
import email.policy
import email.utils
import pathlib
import sys


def fact(message, name, *values):
    encoded = [
        base64.b64encode(v if isinstance(v, bytes) else v.encode("utf-8", "surrogatepass")).decode()
        for v in values
    ]
    print(message, name, *encoded, sep="\t")


def parse(octets):
    if octets.isascii():
        return email.message_from_bytes(octets, policy=email.policy.default)
    return email.message_from_string(octets.decode("utf-8"), policy=email.policy.SMTPUTF8)


def addresses(mail, header):
    """By the older half of the package: the newer one, as of Python 3.11, leaves the spaces between
    encoded words in a name, against RFC 2047 section 6.2."""
    values = [value for name, value in mail.raw_items() if name.lower() == header]
    for name, address in email.utils.getaddresses(values):
        yield str(email.header.make_header(email.header.decode_header(name))), address


for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    mail = parse(path.read_bytes())
    fact(path.name, "subject", mail["subject"])
    for header in ("from", "reply-to", "to", "cc"):
        for name, address in addresses(mail, header):
            fact(path.name, header, name, address)
    for part in mail.walk():
        if part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        disposition = part.get_content_disposition()
        if disposition:
            name = part.get_filename() or ""
            content_id = part["content-id"] or ""
            fact(path.name, "file", name, part.get_content_type(), disposition, content_id, content)
        else:
            fact(path.name, part.get_content_subtype(), content)
