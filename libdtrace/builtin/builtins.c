/* SPDX-License-Identifier: MIT */
/* Gathers the families of built-ins that builtin/meson.build lists. */
#include "builtin/builtins.h"
#include "base/util.h"
#include "builtin/families.h"

#define X(name) extern const struct dt_builtin_family dt_builtins_##name;
DT_BUILTIN_FAMILIES(X)
#undef X

static const struct dt_builtin_family *const families[] = {
#define X(name) &dt_builtins_##name,
	DT_BUILTIN_FAMILIES(X)
#undef X
};

static const struct dt_builtins all = { families, ARRAY_SIZE(families), dt_builtin_since };
const struct dt_builtins *const dt_all_builtins = &all;
