/* SPDX-License-Identifier: MIT */
/*
 * D's built-in variables.  A row's `emit` computes the value in a clause; those with CACHE are read once a clause.
 * args[] and argN come from the provider of the probe (probe/provider.h), through the checker's signature.
 */
#include <inttypes.h>
#include "base/util.h"
#include "builtin/builtins.h"
#include "check/checker.h"

/* args[n]: of the type that the provider tells, possibly a translation of what the probe has. */
static void check_args(struct dt_check *c, struct dt_expr *e)
{
	struct dt_expr *index = e->kids[0], *arg;
	const struct dt_arg *a;
	int64_t n;

	if (!dt_check_const_arg(index, &n))
		dt_fail(c->try, &e->loc, "D_ARGS_TYPE", "args[ ] index must be an integer constant, not an expression of type %s",
			dt_check_tname(c, index->type));
	dt_check_args(c);
	if (n < 0 || n >= (int64_t)c->sig.n) {
		const char *hint = dt_arena_printf(c->arena, "args[ ] of %s:%s:%s:%s has %" PRIu32 " element%s%s",
			c->probe ? c->probe->prov : "", c->probe ? c->probe->mod : "", c->probe ? c->probe->func : "",
			c->probe ? c->probe->name : "", c->sig.n, c->sig.n == 1 ? "" : "s",
			c->sig.n ? "" : "; arg0 to arg9 have its arguments as numbers");

		if (!c->sig.n)
			dt_fail_hint(c->try, &e->loc, "D_ARGS_NONE", hint,
				     "args[ ] may not be referenced because probe description %s has no typed arguments",
				     c->pdesc ? c->pdesc->text : "");
		dt_fail_hint(c->try, &e->loc, "D_ARGS_IDX", hint, "index %" PRId64 " is out of range for %s args[ ]", n,
			     c->pdesc ? c->pdesc->text : "");
	}
	a = &c->sig.arg[n];
	e->type = a->native ? a->native : a->type;
	if (!a->native)
		return;
	arg = dt_arena_new_obj(c->arena, struct dt_expr);
	*arg = *e;
	*e = *dt_check_xlate(c, a->type, arg, &arg->loc);
}

static void check_uregs(struct dt_check *c, struct dt_expr *e)
{
	if (!dt_type_is_integer(e->kids[0]->type))
		dt_fail(c->try, &e->loc, "D_REGS_IDX", "index of uregs[ ] must be an integer, not %s",
			dt_check_tname(c, e->kids[0]->type));
	e->kids[0] = dt_check_cast(c, e->kids[0], dt_type_base(c->types, DT_B_INT));
}

#define ARGN(n) { "arg" #n, DT_BI_VAR, "int64_t", DT_BF_CACHE, .doc = "Argument " #n " of the probe as a number." }

const struct dt_builtin dt_builtins_vars[] = {
	ARGN(0), ARGN(1), ARGN(2), ARGN(3), ARGN(4), ARGN(5), ARGN(6), ARGN(7), ARGN(8), ARGN(9),
	{ "args", DT_BI_VAR, "<DYN>", DT_BF_INDEXED, .check = check_args,
	  .doc = "The arguments of the probe with their types." },
	{ "caller", DT_BI_VAR, "uintptr_t", DT_BF_CACHE, .doc = "Kernel address that the current function returns to." },
	{ "cpu", DT_BI_VAR, "processorid_t", DT_BF_CACHE, .doc = "Number of the CPU that the probe fires on." },
	{ "curthread", DT_BI_VAR, "struct task_struct *", DT_BF_CACHE | DT_BF_TRUSTED,
	  .doc = "The kernel's task_struct of the current thread." },
	{ "epid", DT_BI_VAR, "uint_t", 0, .doc = "Number of this clause's enabling of the probe." },
	{ "errno", DT_BI_VAR, "int", DT_BF_CACHE, .doc = "Error of the last system call of this thread, 0 for none." },
	{ "execargs", DT_BI_VAR, "string", DT_BF_CACHE, .doc = "Arguments of the current process, joined by blanks." },
	{ "execname", DT_BI_VAR, "string", DT_BF_CACHE, .strbytes = 16, .doc = "Name of the current process." },
	{ "gid", DT_BI_VAR, "gid_t", DT_BF_CACHE, .doc = "Real group id of the current process." },
	{ "id", DT_BI_VAR, "uint_t", DT_BF_CACHE, .doc = "Number of the probe, as dtrace -l shows it." },
	{ "ipl", DT_BI_VAR, "uint_t", DT_BF_CACHE, .doc = "Whether an interrupt is being handled: 0 when not." },
	{ "pid", DT_BI_VAR, "pid_t", DT_BF_CACHE, .doc = "Id of the current process." },
	{ "ppid", DT_BI_VAR, "pid_t", DT_BF_CACHE, .doc = "Id of the current process' parent." },
	{ "probefunc", DT_BI_VAR, "string", DT_BF_CACHE | DT_BF_CONSTSTR, .doc = "Function field of the probe." },
	{ "probemod", DT_BI_VAR, "string", DT_BF_CACHE | DT_BF_CONSTSTR, .doc = "Module field of the probe." },
	{ "probename", DT_BI_VAR, "string", DT_BF_CACHE | DT_BF_CONSTSTR, .doc = "Name field of the probe." },
	{ "probeprov", DT_BI_VAR, "string", DT_BF_CACHE | DT_BF_CONSTSTR, .doc = "Provider field of the probe." },
	{ "stackdepth", DT_BI_VAR, "uint32_t", DT_BF_CACHE, .doc = "How many frames the kernel's stack has." },
	{ "threadname", DT_BI_VAR, "string", DT_BF_CACHE, .strbytes = 16, .doc = "Name of the current thread." },
	{ "tid", DT_BI_VAR, "id_t", DT_BF_CACHE, .doc = "Id of the current thread." },
	{ "timestamp", DT_BI_VAR, "uint64_t", DT_BF_CACHE, .doc = "Nanoseconds of a clock that only goes forward." },
	{ "ucaller", DT_BI_VAR, "uint64_t", DT_BF_CACHE, .doc = "User address that the current function returns to." },
	{ "uid", DT_BI_VAR, "uid_t", DT_BF_CACHE, .doc = "Real user id of the current process." },
	{ "uregs", DT_BI_VAR, "uint64_t", DT_BF_INDEXED, .check = check_uregs,
	  .doc = "The user registers of the current thread, by the R_ constants of regs.d." },
	{ "ustackdepth", DT_BI_VAR, "uint32_t", DT_BF_CACHE, .doc = "How many frames the user stack has." },
	{ "vtimestamp", DT_BI_VAR, "uint64_t", DT_BF_CACHE, .doc = "Nanoseconds that the current thread has run on a CPU." },
	{ "walltimestamp", DT_BI_VAR, "int64_t", DT_BF_CACHE, .doc = "Nanoseconds since 1970." },
	{ "zonename", DT_BI_VAR, "string", DT_BF_CACHE, .strbytes = 65,
	  .doc = "Host name of the current process' container (its UTS name space)." },
};
const size_t dt_nbuiltins_vars = ARRAY_SIZE(dt_builtins_vars);
