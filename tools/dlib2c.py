#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turn D libraries into C tables: their texts, and an index of the names that they define.

usage: dlib2c.py OUT.c LIBRARY.d...

Called by the build for libdtrace/dlib. A name is one that a program may use to refer to a
definition at the outermost level: an inline, a typedef, or the tag of a structure, union or
enumeration, and enumerators. Comments are left out of the texts; lines stay where they are.
"""

import re
import sys
from pathlib import Path

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BODY = re.compile(r"\{[^{}]*\}")
DEFINITIONS = (
    re.compile(r"\binline\b[^=;]*?\b(\w+)\s*(?:\[[^\]]*\]\s*)?=", re.DOTALL),
    re.compile(r"\btypedef\b[^;]*?\b(\w+)\s*(?:\[[^\]]*\]\s*)*;", re.DOTALL),
    re.compile(r"\b(?:struct|union|enum)\s+(\w+)\s*(?=\{)"),
)
ENUMERATION = re.compile(r"\benum\b\s*\w*\s*\{([^}]*)\}")


def without_comments(text):
    return COMMENT.sub(lambda match: re.sub(r"[^\n]+", "", match[0]), text)


def names_in(text):
    """The names that the outermost definitions of a library give."""
    names = set(DEFINITIONS[2].findall(text))
    for body in ENUMERATION.findall(text):
        names.update(re.findall(r"(\w+)\s*(?:=[^,]*)?(?:,|$)", body.strip()))
    while BODY.search(text):
        text = BODY.sub("", text)
    for pattern in DEFINITIONS[:2]:
        names.update(pattern.findall(text))
    return names


def quoted(text):
    """A C string literal per line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return "\n".join(f'\t  "{line}\\n"' for line in escaped.splitlines()) or '""'


def main():
    out, *paths = sys.argv[1:]
    owners, texts = {}, []
    for number, path in enumerate(map(Path, paths)):
        text = without_comments(path.read_text())
        for name in names_in(text):
            if name in owners:
                raise SystemExit(f"{path}: {name} is defined in {paths[owners[name]]} too")
            owners[name] = number
        texts.append(f'\t{{ "{path.name}",\n{quoted(text)} }},\n')
    index = "".join(f'\t{{ "{name}", {owners[name]} }},\n' for name in sorted(owners))
    Path(out).write_text(
        "/* Made by tools/dlib2c.py. */\n"
        '#include "dlib/tables.h"\n\n'
        f"const struct dt_dlib dt_dlib_texts[] = {{\n{''.join(texts)}}};\n"
        f"const size_t dt_dlib_ntexts = {len(texts)};\n\n"
        f"const struct dt_dlib_name dt_dlib_names[] = {{\n{index}}};\n"
        f"const size_t dt_dlib_nnames = {len(owners)};\n"
    )


if __name__ == "__main__":
    main()
