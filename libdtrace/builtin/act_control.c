/* SPDX-License-Identifier: MIT */
/*
 * Actions that do something: to the run, to aggregations, to options, to the process that fired the probe.
 * Those of the consumer (LIBACT) are performed in the order of records.
 */
#include <sys/dtrace.h>
#include "base/util.h"
#include "builtin/builtins.h"
#include "check/checker.h"

static void bad_count(struct dt_check *c, const struct dt_stmt *s, const char *tag, size_t got, const char *want)
{
	dt_fail(c->try, &s->loc, tag, "%s( ) prototype mismatch: %zu arg%s passed, %s expected", s->row->name, got,
		got == 1 ? "" : "s", want);
}

/* The first argument is an aggregation, a second one (of clear and denormalize: none) an integer. */
static void agg_action(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *call, const char *tag,
		       uint32_t min, uint32_t max)
{
	const struct dt_ast_expr *const *args = call->call.args;
	size_t n = call->call.nargs;
	char *proto = dt_arena_printf(c->arena, "D_%s_PROTO", tag);

	if (n < min || n > max)
		bad_count(c, s, proto, n, min == max ? (min == 1 ? "1" : "2") : n < min ? "at least 1" : "at most 2");
	s->aggs = dt_arena_new_array(c->arena, struct dt_agg *, 1);
	s->aggs[0] = dt_check_agg_arg(c, args[0], s->row->name, 1, dt_arena_printf(c->arena, "D_%s_AGGARG", tag),
				      dt_arena_printf(c->arena, "D_%s_AGGBAD", tag));
	s->naggs = 1;
	if (n < 2)
		return;
	s->args = dt_arena_new_array(c->arena, struct dt_expr *, 1);
	s->args[0] = dt_check_expr(c, args[1]);
	if (!dt_type_is_integer(s->args[0]->type))
		dt_fail(c->try, &args[1]->loc, dt_arena_printf(c->arena, "D_%s_SCALAR", tag),
			"%s( ) argument #2 must be of scalar type", s->row->name);
	s->args[0] = dt_check_cast(c, s->args[0], dt_type_base(c->types, DT_B_INT64));
	s->nargs = 1;
}

static void check_clear(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *call)
{
	agg_action(c, s, call, "CLEAR", 1, 1);
}

static void check_trunc(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *call)
{
	agg_action(c, s, call, "TRUNC", 1, 2);
}

static void check_normalize(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *call)
{
	agg_action(c, s, call, "NORMALIZE", 2, 2);
}

static void check_denormalize(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *call)
{
	agg_action(c, s, call, "NORMALIZE", 1, 1);
}

#define AGG_FLAGS (DT_BF_LIBACT | DT_BF_RECORDS | DT_BF_AGGARGS | DT_BF_AGGFIRST)

const struct dt_builtin dt_builtins_act_control[] = {
	{ "chill", DT_BI_ACTION, "void(int)", DT_BF_DESTRUCTIVE | DT_BF_NORECORD, DTRACEACT_CHILL,
	  .doc = "Spins for so many nanoseconds, half a second in one at most." },
	{ "clear", DT_BI_ACTION, "void(...)", AGG_FLAGS, DTRACEACT_LIBACT, .check_stmt = check_clear,
	  .doc = "Sets the values of an aggregation to 0; its keys stay." },
	{ "denormalize", DT_BI_ACTION, "void(...)", AGG_FLAGS, DTRACEACT_LIBACT, .check_stmt = check_denormalize,
	  .doc = "Takes normalize() back." },
	{ "exit", DT_BI_ACTION, "void(int)", DT_BF_RECORDS | DT_BF_EXIT, DTRACEACT_EXIT,
	  .doc = "Ends the run with that status." },
	{ "ftruncate", DT_BI_ACTION, "void()", DT_BF_LIBACT | DT_BF_RECORDS, DTRACEACT_LIBACT,
	  .doc = "Empties the output file." },
	{ "normalize", DT_BI_ACTION, "void(...)", AGG_FLAGS, DTRACEACT_LIBACT, .check_stmt = check_normalize,
	  .doc = "Prints the values of an aggregation divided by a number." },
	{ "raise", DT_BI_ACTION, "void(int)", DT_BF_DESTRUCTIVE | DT_BF_NORECORD, DTRACEACT_RAISE,
	  .doc = "Sends a signal to the current thread's process." },
	{ "setopt", DT_BI_ACTION, "void(const char *, [const char *])", DT_BF_LIBACT | DT_BF_RECORDS, DTRACEACT_LIBACT,
	  .doc = "Sets an option, while the program runs." },
	{ "stop", DT_BI_ACTION, "void()", DT_BF_DESTRUCTIVE | DT_BF_NORECORD, DTRACEACT_STOP,
	  .doc = "Stops the current process." },
	{ "trunc", DT_BI_ACTION, "void(...)", AGG_FLAGS, DTRACEACT_LIBACT, .check_stmt = check_trunc,
	  .doc = "Removes keys of an aggregation: all, or all but so many of the largest (negative: smallest) values." },
};
const size_t dt_nbuiltins_act_control = ARRAY_SIZE(dt_builtins_act_control);
