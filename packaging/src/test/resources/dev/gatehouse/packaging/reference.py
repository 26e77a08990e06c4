"""Answers questions with the packaging library that pip vendors.

Usage: reference.py QUESTIONS [PIP_WHEEL]. A question is one line of fields in base64 with spaces between them; the
answer is one line. "!" says that the reference refuses the input. The first line of all says which reference it is:
"modern", or "legacy" where pip is older than 24.1 (packaging 21.3, which knew LegacyVersion).
"""

import base64
import email.parser
import re
import sys
import zipfile

if len(sys.argv) > 2:
    sys.path.insert(0, sys.argv[2])

from pip._vendor.packaging import markers, requirements, specifiers, utils, version  # noqa: E402

LEGACY = hasattr(version, "LegacyVersion")
NAME = re.compile(r"[A-Z0-9]|[A-Z0-9][A-Z0-9._-]*[A-Z0-9]", re.IGNORECASE | re.ASCII)


def answer_version(text):
    parsed = version.Version(text)
    flags = (parsed.is_prerelease, parsed.is_postrelease, parsed.is_devrelease)
    return " ".join([str(parsed), parsed.public, parsed.base_version, *map(str, flags)])


def answer_compare(left, right):
    left, right = version.Version(left), version.Version(right)
    return str((left > right) - (left < right)) + str(int(left == right)) + str(int(hash(left) == hash(right)))


def specifier_set(text):
    if LEGACY:
        # SpecifierSet would fall back to LegacySpecifier.
        for clause in text.split(","):
            if clause.strip():
                specifiers.Specifier(clause)
    return specifiers.SpecifierSet(text)


def answer_contains(written, meant, candidate, prereleases):
    specifier_set(written)
    choice = {"none": None, "true": True, "false": False}[prereleases]
    return str(specifier_set(meant).contains(candidate, prereleases=choice))


def answer_equal(left, right):
    return str(specifier_set(left) == specifier_set(right))


def answer_name(text):
    return utils.canonicalize_name(text) if NAME.fullmatch(text) else "!"


def answer_wheel(filename):
    name, parsed, build, tags = utils.parse_wheel_filename(filename)
    return " ".join([name, str(parsed), "".join(map(str, build)) or "-", *sorted(map(str, tags))])


def answer_sdist(filename):
    name, parsed = utils.parse_sdist_filename(filename)
    return " ".join([name, str(parsed)])


def answer_headers(encoded):
    message = email.parser.BytesParser().parsebytes(base64.b64decode(encoded))
    fields = [name + "=" + str(value) for name, value in message.items()]
    return base64.b64encode("\0".join([*fields, message.get_payload()]).encode("utf-8", "replace")).decode()


def answer_metadata(path):
    with zipfile.ZipFile(path) as wheel:
        (entry,) = [n for n in wheel.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", n)]
        message = email.parser.BytesParser().parsebytes(wheel.read(entry))
    fields = [message["Name"], message["Version"], *message.get_all("Requires-Dist", [])]
    return base64.b64encode("\0".join(map(str, fields)).encode()).decode()


def answer_requirement(text):
    parsed = requirements.Requirement(text)
    return "|".join(
        [
            utils.canonicalize_name(parsed.name),
            ",".join(sorted(utils.canonicalize_name(extra) for extra in parsed.extras)),
            ",".join(sorted(set(map(str, parsed.specifier)))),
            parsed.url or "",
            "marker" if parsed.marker else "",
        ]
    )


def answer_marker(text, environment):
    values = dict(line.split("=", 1) for line in environment.split("\n"))
    for name in ("extras", "dependency_groups"):
        values[name] = set(filter(None, values[name].split(",")))
    try:
        return str(markers.Marker(text).evaluate(values))
    except (KeyError, TypeError, AttributeError):
        # It compares two values, two variables, or a set with an order: the library has no word for that.
        return "!"


def answer(line):
    question, *fields = [base64.b64decode(field).decode("utf-8") for field in line.split(" ")]
    try:
        return globals()["answer_" + question](*fields).replace("\n", "\\n").replace("\r", "\\r")
    except (ValueError, AssertionError):
        # All of the library's own exceptions are ValueErrors.
        return "!"


with open(sys.argv[1], encoding="ascii") as questions, open(1, "w", encoding="utf-8", newline="\n") as out:
    print("legacy" if LEGACY else "modern", file=out)
    for question in questions:
        print(answer(question.rstrip("\n")), file=out)
