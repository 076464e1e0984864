/* SPDX-License-Identifier: MIT */
/*
 * The array of all providers, for api/, which hands it to the probe table.  The list itself is in
 * meson.build, which generates list.h from it.
 */
#include "base/util.h"
#include "providers/list.h"
#include "providers/providers.h"

#define X(name) extern const struct dt_provider_ops dt_provider_##name;
DT_PROVIDERS(X)
#undef X

const struct dt_provider_ops *const dt_providers[] = {
#define X(name) &dt_provider_##name,
	DT_PROVIDERS(X)
#undef X
};
const size_t dt_nproviders = ARRAY_SIZE(dt_providers);
