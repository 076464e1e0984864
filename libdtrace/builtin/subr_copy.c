/* SPDX-License-Identifier: MIT */
/* Subroutines that copy: from and to user memory, within the scratch of a firing. */
#include "base/util.h"
#include "builtin/builtins.h"
#include "check/checker.h"

const struct dt_builtin dt_builtins_subr_copy[] = {
	{ "alloca", DT_BI_SUBR, "void *(size_t)", .doc = "So many bytes of scratch, for this firing." },
	{ "bcopy", DT_BI_SUBR, "void(void *, void *, size_t)", .doc = "Copies from a kernel address into scratch." },
	{ "copyin", DT_BI_SUBR, "void *(uintptr_t, size_t)", .doc = "Copies user memory into scratch, whose address it gives." },
	{ "copyinstr", DT_BI_SUBR, "string(uintptr_t, [size_t])", .doc = "The text at a user address." },
	{ "copyinto", DT_BI_SUBR, "void(uintptr_t, size_t, void *)", .doc = "Copies user memory to an address in scratch." },
	{ "copyout", DT_BI_SUBR, "void(void *, uintptr_t, size_t)", DT_BF_DESTRUCTIVE,
	  .doc = "Copies from a kernel address to user memory." },
	{ "copyoutstr", DT_BI_SUBR, "void(char *, uintptr_t, size_t)", DT_BF_DESTRUCTIVE,
	  .doc = "Copies a text to user memory." },
};
const size_t dt_nbuiltins_subr_copy = ARRAY_SIZE(dt_builtins_subr_copy);
