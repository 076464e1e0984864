/* SPDX-License-Identifier: MIT */
/* For processors that no other insn_ARCH.c describes: no instruction is known, and each may be
 * probed as far as we know.  Those that cannot be are refused by the kernel at attach. */
#include "attach/insn.h"
#include "base/util.h"

bool dt_cpu_decode(const uint8_t *bytes DT_UNUSED, size_t n DT_UNUSED,
		   struct dt_cpu_insn *insn DT_UNUSED)
{
	return false;
}

enum dt_cpu_stack_use dt_cpu_stack_use(const struct dt_cpu_insn *insn DT_UNUSED)
{
	return DT_CPU_STACK_TOP;
}

bool dt_cpu_can_probe(const uint8_t *bytes DT_UNUSED, size_t n DT_UNUSED)
{
	return true;
}
