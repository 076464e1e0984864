/* SPDX-License-Identifier: MIT */
/* Names for suggestions that the rooms of the compiler cannot know (base/near.h): they ask through
 * struct dt_check_opts and struct dt_macros. */
#include "api/hdl.h"
#include "api/suggest.h"
#include "base/near.h"
#include "dlib/dlib.h"
#include "symbols/symbols.h"
#include "types/types.h"

static int offer_symbol(const struct dt_ksym *sym, void *near)
{
	dt_near_offer(near, sym->name);
	return 0;
}

static int offer_module(const char *module, void *near)
{
	dt_near_offer(near, module);
	return 0;
}

static void offer_libraries(const dtrace_hdl_t *dtp, struct dt_near *n, bool files)
{
	const struct dt_dlib *lib;
	const char *name;

	for (size_t i = 0; files && (lib = dt_dlib_at(i)); i++)
		dt_near_offer(n, lib->name);
	for (size_t i = 0; !files && !dtp->copts.nolibs && (name = dt_dlib_name_at(i)); i++)
		dt_near_offer(n, name);
}

void dt_suggest(void *arg, enum dt_names which, struct dt_near *n)
{
	dtrace_hdl_t *dtp = arg;

	switch (which) {
	case DT_NAMES_LIBRARY: offer_libraries(dtp, n, false); break;
	case DT_NAMES_LIBRARY_FILE: offer_libraries(dtp, n, true); break;
	case DT_NAMES_SYMBOL: dt_ksyms_each(dtp->env.ksyms, NULL, offer_symbol, n); break;
	case DT_NAMES_MACRO: dt_macro_offer(n); break;
	case DT_NAMES_MODULE: dt_types_each_module(offer_module, n); break;
	case DT_NAMES_PROVIDER:
		dt_vec_each(&dtp->probes.providers, it) dt_near_offer(n, (*it)->ops->name);
		break;
	}
}
