#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turn BPF objects into C tables: each function's instructions and its calls to other functions.

usage: bpf2c.py OUT.c OBJECT...

Called by the build for libdtrace/runtime. Reads ELF64, little- or big-endian, with struct alone.
Functions are the global symbols of section "rt". All objects together are one program, so
functions may call each other across files. Data sections are refused: a runtime function has no
memory except its arguments and its stack.
"""

import struct
import sys

BPF_PSEUDO_CALL, BPF_PSEUDO_FUNC = 1, 4
CALL = 0x85
LD_IMM64 = 0x18
STT_FUNC, STT_SECTION = 2, 3
SHT_SYMTAB, SHT_REL = 2, 9


class Function:
    def __init__(self, name, code):
        self.name = name
        self.code = code  # bytes
        self.calls = []  # (instruction, name of the function); also where its address is taken


class Elf:
    """As much of an ELF file as a BPF object needs."""

    def __init__(self, path):
        with open(path, "rb") as f:
            self.data = f.read()
        if self.data[:5] != b"\x7fELF\x02":
            raise SystemExit(f"{path}: not a 64-bit ELF file")
        self.path = path
        self.order = "<" if self.data[5] == 1 else ">"
        (shoff,) = struct.unpack_from(self.order + "Q", self.data, 40)
        entsize, count, strndx = struct.unpack_from(self.order + "HHH", self.data, 58)
        self.sections = [
            struct.unpack_from(self.order + "IIQQQQIIQQ", self.data, shoff + i * entsize)
            for i in range(count)
        ]
        self.names = [self.string(strndx, s[0]) for s in self.sections]

    def string(self, section, offset):
        start = self.sections[section][4] + offset
        return self.data[start : self.data.index(b"\0", start)].decode()

    def content(self, section):
        s = self.sections[section]
        return self.data[s[4] : s[4] + s[5]]

    def symbols(self):
        """(name, type, section, value, size) of each symbol."""
        for i, s in enumerate(self.sections):
            if s[1] == SHT_SYMTAB:
                body = self.content(i)
                return [
                    (self.string(s[6], name), info & 15, shndx, value, size)
                    for name, info, _, shndx, value, size in struct.iter_unpack(
                        self.order + "IBBHQQ", body
                    )
                ]
        raise SystemExit(f"{self.path}: no symbols")

    def relocations(self, section):
        """(offset, symbol number) of each relocation of a section."""
        for i, s in enumerate(self.sections):
            if s[1] == SHT_REL and s[7] == section:
                return [
                    (offset, info >> 32)
                    for offset, info in struct.iter_unpack(self.order + "QQ", self.content(i))
                ]
        return []


def read_object(path):
    elf = Elf(path)
    if "rt" not in elf.names:
        raise SystemExit(f"{path}: no section rt")
    for name in elf.names:
        if name.startswith((".rodata", ".data", ".bss")):
            raise SystemExit(f"{path}: data section {name}")
    rt = elf.names.index("rt")
    code = elf.content(rt)
    symbols = elf.symbols()
    by_start = {}
    for name, kind, shndx, value, size in symbols:
        if kind == STT_FUNC and shndx == rt:
            by_start[value] = Function(name, code[value : value + size])
    starts = sorted(by_start)
    for offset, number in elf.relocations(rt):
        name, kind, shndx, _, _ = symbols[number]
        owner = max(s for s in starts if s <= offset)
        opcode, _, _, imm = struct.unpack_from(elf.order + "BBhi", code, offset)
        if opcode not in (CALL, LD_IMM64):
            raise SystemExit(f"{path}: {by_start[owner].name}: relocation to {name} is not a call")
        if kind == STT_SECTION:
            name = by_start[(imm + 1) * 8 if opcode == CALL else imm].name
        by_start[owner].calls.append(((offset - owner) // 8, name))
    check_calls(path, elf, by_start)
    return [by_start[s] for s in starts]


def check_calls(path, elf, by_start):
    """Check that every call of a function has a relocation, since functions are moved."""
    for f in by_start.values():
        known = {insn for insn, _ in f.calls}
        for n, (opcode, regs, _, _) in enumerate(struct.iter_unpack(elf.order + "BBhi", f.code)):
            src = regs >> 4 if elf.order == "<" else regs & 15
            if opcode == CALL and src == BPF_PSEUDO_CALL and n not in known:
                raise SystemExit(f"{path}: {f.name}: call without relocation")


def decode(order, code):
    for opcode, regs, off, imm in struct.iter_unpack(order + "BBhi", code):
        dst, src = (regs & 15, regs >> 4) if order == "<" else (regs >> 4, regs & 15)
        yield opcode, dst, src, off, imm


def stack_bytes(insns):
    """The lowest offset from r10 that a function touches or takes the address of."""
    low = 0
    copies = {10}
    for opcode, dst, src, off, imm in insns:
        kind = opcode & 7
        if (kind == 1 and src == 10) or (kind in (2, 3) and dst == 10):
            low = min(low, off)
        if opcode == 0xBF and src == 10:
            copies.add(dst)
        elif opcode == 0x07 and dst in copies and imm < 0:
            low = min(low, imm)
    return (-low + 7) // 8 * 8


def write(out, functions, order):
    out.write(
        "/* Made by tools/bpf2c.py from the BPF sources of runtime/. */\n"
        '#include "runtime/runtime.h"\n\n'
    )
    for f in functions:
        out.write(f"extern const struct dt_rt_code dt_code_{f.name};\n")
    for f in functions:
        insns = list(decode(order, f.code))
        taken = {insn for insn, _ in f.calls}
        out.write(f"\nstatic const struct bpf_insn insns_{f.name}[] = {{\n")
        for n, (opcode, dst, src, off, imm) in enumerate(insns):
            if n in taken:
                imm = 0
                src = BPF_PSEUDO_FUNC if opcode == LD_IMM64 else BPF_PSEUDO_CALL
            out.write(
                f"\t{{ .code = 0x{opcode:02x}, .dst_reg = {dst}, .src_reg = {src}, .off = {off}, "
                f".imm = {imm if imm != -(2**31) else '-2147483647 - 1'} }},\n"
            )
        out.write("};\n")
        if f.calls:
            out.write(f"static const struct dt_rt_reloc relocs_{f.name}[] = {{\n")
            for insn, name in f.calls:
                out.write(f"\t{{ {insn}, &dt_code_{name} }},\n")
            out.write("};\n")
        short = f.name.removeprefix("dt_rt_")
        out.write(
            f"const struct dt_rt_code dt_code_{f.name} = "
            f'{{ .name = "{short}", .insns = insns_{f.name}, '
            f".ninsns = {len(insns)}, .nrelocs = {len(f.calls)}, .stack = {stack_bytes(insns)}"
            + (f", .relocs = relocs_{f.name}" if f.calls else "")
            + " };\n"
        )


def main():
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    functions = []
    for path in sys.argv[2:]:
        functions += read_object(path)
    names = [f.name for f in functions]
    for f in functions:
        for _, name in f.calls:
            if name not in names:
                raise SystemExit(f"{f.name} calls {name}, which is no runtime function")
    with open(sys.argv[1], "w", encoding="ascii") as out:
        write(out, functions, "<" if sys.byteorder == "little" else ">")


if __name__ == "__main__":
    main()
