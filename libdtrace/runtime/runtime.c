/* SPDX-License-Identifier: MIT */
/*
 * The table of runtime functions: from the enumerators of runtime.h to the code that bpf2c.py has
 * made of the .bpf.c files.  ir/link.c reads it.
 */
#include "runtime/runtime.h"

#define X(name, function, prototype, params) extern const struct dt_rt_code dt_code_##function;
DT_RT_FUNCS(X)
#undef X

const struct dt_rt_code *dt_rt_code(enum dt_rt fn)
{
	static const struct dt_rt_code *const table[] = {
#define X(name, function, prototype, params) [DT_RT_##name] = &dt_code_##function,
		DT_RT_FUNCS(X)
#undef X
	};

	return table[fn];
}

const char *dt_rt_name(enum dt_rt fn)
{
	return fn < DT_RT_NFUNCS ? dt_rt_code(fn)->name : "?";
}

const char *dt_rt_params(enum dt_rt fn)
{
	static const char *const table[] = {
#define X(name, function, prototype, params) [DT_RT_##name] = params,
		DT_RT_FUNCS(X)
#undef X
	};

	return table[fn];
}
