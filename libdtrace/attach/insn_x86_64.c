/* SPDX-License-Identifier: MIT */
/*
 * Which x86 instructions the kernel's uprobes refuse (arch/x86/kernel/uprobes.c): those with a LOCK
 * or an unexpected segment prefix, and privileged or trapping ones.  Only what compilers and
 * hand-written assembler really put at the start of functions is looked for; the kernel refuses the
 * rest at attach.  uprobe.c asks before it attaches.
 */
#include <string.h>
#include "attach/attach.h"

bool dt_attach_insn_ok(const uint8_t *bytes, size_t n)
{
	static const uint8_t bad_prefixes[] = { 0xf0, 0x26, 0x2e, 0x36,
						0x3e }; /* LOCK, ES, CS, SS, DS */
	static const uint8_t other_prefixes[] = { 0x66, 0x67, 0xf2, 0xf3, 0x64, 0x65 };
	static const uint8_t bad_opcodes[] = {
		0xcc, 0xcd, 0xce, 0xcf,                         /* int3, int, into, iret */
		0xe4, 0xe5, 0xe6, 0xe7, 0xec, 0xed, 0xee, 0xef, /* in, out */
		0xf4, 0xfa, 0xfb,                               /* hlt, cli, sti */
	};
	size_t i = 0;

	while (i < n && memchr(other_prefixes, bytes[i], sizeof(other_prefixes)))
		i++;
	if (i == n)
		return true;
	return !memchr(bad_prefixes, bytes[i], sizeof(bad_prefixes)) &&
	       !memchr(bad_opcodes, bytes[i], sizeof(bad_opcodes));
}
