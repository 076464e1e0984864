/* SPDX-License-Identifier: MIT */
/*
 * C++ and Rust names as their programmers wrote them, by __cxa_demangle() of libstdc++ (or
 * libc++abi).  The library is loaded at the first mangled name; a run that meets none never loads
 * it.  Rust's older names are C++ names with a hash at the end, which is cut off.  user.c asks
 * where demangling is on.
 */
#include <ctype.h>
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include "base/util.h"
#include "symbols/symbols.h"

struct dt_demangler {
	void *library; /* NULL: none is installed */
	char *(*cxa)(const char *name, char *buf, size_t *size, int *status);
};

static struct dt_demangler *load(void)
{
	static const char *const libraries[] = { "libstdc++.so.6", "libc++abi.so.1" };
	struct dt_demangler *d = calloc(1, sizeof(*d));

	for (size_t i = 0; d && !d->library && i < ARRAY_SIZE(libraries); i++)
		d->library = dlopen(libraries[i], RTLD_LAZY | RTLD_LOCAL);
	if (d && d->library)
		*(void **)&d->cxa = dlsym(d->library, "__cxa_demangle");
	return d;
}

void dt_demangler_free(struct dt_demangler *state)
{
	if (!state)
		return;
	if (state->library)
		dlclose(state->library);
	free(state);
}

/* "core::fmt::write::h0123456789abcdef": the last part is the hash. */
static void cut_rust_hash(char *name)
{
	enum { HASH_DIGITS = 16 };
	size_t len = strlen(name);
	char *hash;

	if (len < HASH_DIGITS + 3)
		return;
	hash = name + len - HASH_DIGITS - 3;
	if (strncmp(hash, "::h", 3) != 0)
		return;
	for (int i = 0; i < HASH_DIGITS; i++) {
		if (!isxdigit((unsigned char)hash[3 + i]))
			return;
	}
	*hash = '\0';
}

char *dt_demangle(struct dt_demangler **state, const char *name)
{
	char *plain;
	int status;

	if (name[0] != '_' || name[1] != 'Z')
		return NULL;
	if (!*state)
		*state = load();
	if (!*state || !(*state)->cxa)
		return NULL;
	plain = (*state)->cxa(name, NULL, NULL, &status);
	if (plain)
		cut_rust_hash(plain);
	return plain;
}
