/* SPDX-License-Identifier: MIT */
/* A processor that nobody has described yet: no system calls, no registers; the other providers
 * work. */
#include "providers/arch.h"

const struct dt_arch dt_arch = { 0 };
