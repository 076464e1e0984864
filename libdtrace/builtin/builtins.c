/* SPDX-License-Identifier: MIT */
/* The list of all built-ins, family by family; see builtins.h. A new family is one line there. */
#include "base/util.h"
#include "builtin/builtins.h"

static const struct dt_builtin *const families[] = {
#define X(family) dt_builtins_##family,
	DT_BUILTIN_FAMILIES(X)
#undef X
};

static const size_t *const counts[] = {
#define X(family) &dt_nbuiltins_##family,
	DT_BUILTIN_FAMILIES(X)
#undef X
};

static const struct dt_builtins all = { families, counts, ARRAY_SIZE(families) };
const struct dt_builtins *const dt_all_builtins = &all;
