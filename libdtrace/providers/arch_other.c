/* SPDX-License-Identifier: MIT */
/* For processors that no other arch_ARCH.c describes: no system calls, no registers.  The providers
 * that need neither work. */
#include "providers/arch.h"

const struct dt_arch dt_arch = { 0 };
