"""Says what each message of a folder says, as Python's email package reads it: a line of JSON each."""

import email
import email.header
import email.policy
import email.utils
import hashlib
import json
import pathlib
import sys


def addresses(mail, header):
    """By the older half of the package: the newer one, as of Python 3.11, leaves the spaces between
    encoded words in a name, against RFC 2047 section 6.2."""
    values = [value for name, value in mail.raw_items() if name.lower() == header]
    return [
        [str(email.header.make_header(email.header.decode_header(name))), address]
        for name, address in email.utils.getaddresses(values)
    ]


def file(part):
    content = part.get_payload(decode=True)
    return {
        "name": part.get_filename() or "",
        "type": part.get_content_type(),
        "id": (part["content-id"] or "").strip("<>"),
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


for path in sorted(pathlib.Path(sys.argv[1]).glob("*.eml")):
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    facts = {"message": path.stem, "subject": mail["subject"], "plain": "", "html": "", "calendar": ""}
    facts |= {header: addresses(mail, header) for header in ("from", "to", "cc", "bcc")}
    facts["files"] = []
    for part in mail.walk():
        if part.get_content_disposition():
            facts["files"].append(file(part))
        elif not part.is_multipart():
            facts[part.get_content_subtype()] = part.get_payload(decode=True).decode("utf-8")
    print(json.dumps(facts))
