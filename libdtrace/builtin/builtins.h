/* SPDX-License-Identifier: MIT */
/*
 * The families of built-ins: each file here defines one array of rows, and builtins.c gathers them.
 * api/ hands dt_all_builtins down to the checker, the code generator and the consumer.
 */
#ifndef DT_BUILTIN_BUILTINS_H
#define DT_BUILTIN_BUILTINS_H

#include <stddef.h>
#include "contract/builtin.h"

/* clang-format off */
#define DT_BUILTIN_FAMILIES(X) \
	X(vars)        /* variables */ \
	X(subr_string) /* text */ \
	X(subr_copy)   /* memory, user and kernel */ \
	X(subr_num)    /* numbers, addresses of the network */ \
	X(subr_sys)    /* processes, files, locks */ \
	X(act_data)    /* actions that record */ \
	X(act_control) /* actions that do something */ \
	X(act_spec)    /* speculation */ \
	X(agg)         /* aggregating functions */ \
	X(other)       /* known names of other platforms */
/* clang-format on */

#define X(family)                                              \
	extern const struct dt_builtin dt_builtins_##family[]; \
	extern const size_t dt_nbuiltins_##family;
DT_BUILTIN_FAMILIES(X)
#undef X

extern const struct dt_builtins *const dt_all_builtins;

#endif
