# SPDX-License-Identifier: MIT
"""The pages of the manual, read from Markdown. Imported by tools/docs and tools/man.

Needs python3-markdown (Debian, Ubuntu; tools/setup --lint installs it).
"""

import html
import re
from xml.etree import ElementTree

import markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from tree import TOP

# File below doc/, title in the site's menu: the order of the pages.
PAGES = {
    "index": "Start",
    "tour": "A tour from Python",
    "d": "D on Linux",
    "providers": "Providers",
    "options": "Options",
    "dtrace": "The command",
    "python": "Consumers in Python",
    "libdtrace": "Consumers in C",
    "conformance": "Conformance",
    "kernels": "Kernels",
    "architecture": "Architecture",
    "adding": "Adding to it",
}
FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PLACE = re.compile(r"fenced-block-(\d+)")
ESCAPED = re.compile("\x02(\\w+)\x03")


class _Blocks(Treeprocessor):
    """Puts the fenced blocks into the tree, which is then kept: markdown returns only HTML."""

    def __init__(self, converter, blocks):
        super().__init__(converter)
        self.blocks = blocks
        self.tree = None

    def run(self, root):
        for paragraph in root.iter("p"):
            number = PLACE.fullmatch(paragraph.text or "")
            if number:
                paragraph.tag, paragraph.text = "pre", None
                code = ElementTree.SubElement(paragraph, "code")
                code.text = AtomicString(self.blocks[int(number.group(1))])
        self.tree = root


def source(name):
    return (TOP / "doc" / f"{name}.md").read_text()


def convert(text):
    """(HTML, element tree) of Markdown text."""
    blocks = []

    def place(match):
        blocks.append(match.group(2))
        return f"\nfenced-block-{len(blocks) - 1}\n"

    text = re.sub(r"<!--.*?-->\n?", "", FENCE.sub(place, text), flags=re.DOTALL)
    converter = markdown.Markdown(extensions=["tables", "toc"])
    keeper = _Blocks(converter, blocks)
    converter.treeprocessors.register(keeper, "blocks", -1)
    return converter.convert(text), keeper.tree


def text_of(piece):
    """An element's text as the reader sees it: markdown's own escapes undone."""

    def escaped(match):
        word = match.group(1)
        return "&" if word == "amp" else chr(int(word)) if word.isdigit() else ""

    return html.unescape(ESCAPED.sub(escaped, piece or ""))
