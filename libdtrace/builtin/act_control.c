/* SPDX-License-Identifier: MIT */
/*
 * Actions with an effect: on the run (exit), on aggregations (clear, normalize, denormalize,
 * trunc), on the consumer (setopt, ftruncate), and on the process that fired the probe (raise,
 * stop).  raise() and stop() take effect in the kernel.  The others leave a record; those on
 * aggregations and on the consumer are performed when it is read (show.c).
 */
#include <linux/bpf.h>
#include <signal.h>
#include <sys/dtrace.h>
#include "base/util.h"
#include "builtin/builtins.h"
#include "builtin/show.h"
#include "check/agg.h"
#include "check/context.h"
#include "check/convert.h"
#include "check/fold.h"
#include "lower/hooks.h"
#include "runtime/runtime.h"

static void bad_count(struct dt_check *c, const struct dt_stmt *s, const char *tag, size_t got,
		      const char *want)
{
	dt_fail(c->compile, &s->loc, tag, "%s( ) prototype mismatch: %zu arg%s passed, %s expected",
		s->row->name, got, got == 1 ? "" : "s", want);
}

/* Checks that there are MIN to MAX arguments, first an aggregation, then an integer. */
static void agg_action(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *call,
		       const char *tag, uint32_t min, uint32_t max)
{
	const struct dt_ast_expr *const *args = call->call.args;
	size_t n = call->call.nargs;
	char *proto = dt_arena_printf(c->arena, "D_%s_PROTO", tag);

	if (n < min || n > max)
		bad_count(c, s, proto, n,
			  min == max ? (min == 1 ? "1" : "2")
			  : n < min  ? "at least 1"
				     : "at most 2");
	s->aggs = dt_arena_new_array(c->arena, struct dt_agg *, 1);
	s->aggs[0] = dt_check_agg_arg(c, args[0], s->row->name, 1,
				      dt_arena_printf(c->arena, "D_%s_AGGARG", tag),
				      dt_arena_printf(c->arena, "D_%s_AGGBAD", tag));
	s->naggs = 1;
	if (n < 2)
		return;
	s->args = dt_arena_new_array(c->arena, struct dt_expr *, 1);
	s->args[0] = dt_check_expr(c, args[1]);
	if (!dt_type_is_integer(s->args[0]->type))
		dt_fail(c->compile, &args[1]->loc, dt_arena_printf(c->arena, "D_%s_SCALAR", tag),
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
	int64_t normal;

	agg_action(c, s, call, "NORMALIZE", 2, 2);
	if (dt_check_const_arg(s->args[0], &normal) && !normal)
		dt_fail(c->compile, &call->call.args[1]->loc, "D_DIV_ZERO",
			"normalize( ) argument #2 must not be zero");
}

static void check_denormalize(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *call)
{
	agg_action(c, s, call, "NORMALIZE", 1, 1);
}

/* ---- exit ---- */

static void items_exit(struct dt_layout *l, const struct dt_stmt *s)
{
	dt_layout_item(l, s, DTRACEACT_EXIT, 4, 4, DT_ENC_BYTES, 4);
}

/* From here on, no program starts.  In this one, main tests the word again before each clause that
 * follows one with exit(). */
static void emit_exit(struct dt_cg *cg, const struct dt_stmt *s)
{
	uint32_t n;
	struct dt_rec_item *item = dt_cg_items(cg, s, &n);

	dt_cg_item_num(cg, item, dt_cg_num(cg, s->args[0]));
	if (cg->point->role != DT_ROLE_END)
		dt_ir_sti(&cg->ir, dt_cg_state(cg), offsetof(struct dt_state, activity), 4,
			  DT_ACT_DRAINING);
}

/* ---- performed by the consumer: records of the aggregation's id and a number ---- */

static void items_agg(struct dt_layout *l, const struct dt_stmt *s)
{
	dt_layout_item(l, s, DTRACEACT_LIBACT, 8, 8, DT_ENC_CONST, 0)->cvalue = s->aggs[0]->id;
	if (s->nargs)
		dt_layout_expr(l, s, DTRACEACT_LIBACT, s->args[0]);
	else if (s->row->check_stmt == check_trunc)
		dt_layout_item(l, s, DTRACEACT_LIBACT, 8, 8, DT_ENC_CONST, 0);
}

static void emit_agg(struct dt_cg *cg, const struct dt_stmt *s)
{
	uint32_t n;
	struct dt_rec_item *items = dt_cg_items(cg, s, &n);

	if (s->nargs)
		dt_cg_item_expr(cg, &items[1], s->args[0]);
}

static void items_setopt(struct dt_layout *l, const struct dt_stmt *s)
{
	for (uint32_t i = 0; i < s->nargs; i++)
		dt_layout_expr(l, s, DTRACEACT_LIBACT, s->args[i]);
}

static void items_none(struct dt_layout *l, const struct dt_stmt *s)
{
	dt_layout_item(l, s, s->row->action, 0, 1, DT_ENC_NONE, 0);
}

static void items_ftruncate(struct dt_layout *l, const struct dt_stmt *s)
{
	dt_layout_item(l, s, DTRACEACT_LIBACT, 8, 8, DT_ENC_CONST, 0);
}

/* ---- signals ---- */

static void emit_raise(struct dt_cg *cg, const struct dt_stmt *s)
{
	/* bpf_send_signal (5.3): at once where that is safe, else at the next interrupt */
	dt_ir_helper(&cg->ir, BPF_FUNC_send_signal, DT_ARGS(dt_cg_num(cg, s->args[0])));
}

static void emit_stop(struct dt_cg *cg, const struct dt_stmt *s)
{
	(void)s;
	dt_ir_helper(&cg->ir, BPF_FUNC_send_signal, DT_ARGS(dt_ir_const(&cg->ir, SIGSTOP)));
}

/* ---- chill ---- */

/*
 *	if (cpu >= ncpus || chill(&spent[cpu], ns) < 0)
 *		fault;
 */
static void emit_chill(struct dt_cg *cg, const struct dt_stmt *s)
{
	const struct dt_run_layout *layout = &cg->plan->layout;
	dt_vreg ns = dt_cg_num(cg, s->args[0]), err = dt_ir_new(&cg->ir), row;
	dt_vreg cpu = dt_ir_helper_pure(&cg->ir, BPF_FUNC_get_smp_processor_id, 0, NULL);
	dt_label none = dt_ir_label(&cg->ir);

	dt_ir_seti(&cg->ir, err, -1);
	dt_ir_jcci(&cg->ir, DT_IR_JUGE, cpu, layout->ncpus, none);
	row = dt_ir_bini(&cg->ir, DT_IR_MUL, cpu, DT_CHILL_STRIDE);
	row = dt_ir_bin(&cg->ir, DT_IR_ADD, dt_ir_mapval(&cg->ir, DT_MAP_STATE, layout->chill_off),
			row);
	dt_ir_set(&cg->ir, err, dt_ir_runtime(&cg->ir, DT_RT_CHILL, DT_ARGS(row, ns)));
	dt_ir_place(&cg->ir, none);
	dt_cg_fault_if_neg(cg, err, DTRACEFLT_ILLOP, 0);
}

#define AGG_FLAGS (DT_BF_RECORDS | DT_BF_AGGARGS)

static const struct dt_builtin rows[] = {
	{ "chill", DT_BI_ACTION, "void(int)", DT_BF_DESTRUCTIVE | DT_BF_NORECORD, DTRACEACT_CHILL,
	  .items = items_none, .emit_stmt = emit_chill,
	  .doc = "Spins for the given number of nanoseconds: on a CPU half a second in any second "
		 "at most, more is a fault.",
	  .example = "chill(1000)" },
	{ "clear", DT_BI_ACTION, "void(...)", AGG_FLAGS, DTRACEACT_LIBACT,
	  .perform = dt_perform_clear, .check_stmt = check_clear, .items = items_agg,
	  .emit_stmt = emit_agg,
	  .doc = "Sets the values of an aggregation to 0 and keeps its keys.",
	  .example = "@ = count(); clear(@)" },
	{ "denormalize", DT_BI_ACTION, "void(...)", AGG_FLAGS, DTRACEACT_LIBACT,
	  .perform = dt_perform_denormalize, .check_stmt = check_denormalize, .items = items_agg,
	  .emit_stmt = emit_agg, .doc = "Undoes normalize().",
	  .example = "@ = sum(1); denormalize(@)" },
	{ "exit", DT_BI_ACTION, "void(int)", DT_BF_RECORDS | DT_BF_EXIT, DTRACEACT_EXIT,
	  .items = items_exit, .emit_stmt = emit_exit,
	  .doc = "Ends the run; dtrace exits with the given status.", .example = "exit(0)" },
	{ "ftruncate", DT_BI_ACTION, "void()", DT_BF_RECORDS, DTRACEACT_LIBACT,
	  .perform = dt_perform_ftruncate, .items = items_ftruncate,
	  .doc = "Truncates the output file.", .example = "ftruncate()" },
	{ "normalize", DT_BI_ACTION, "void(...)", AGG_FLAGS, DTRACEACT_LIBACT,
	  .perform = dt_perform_normalize, .check_stmt = check_normalize, .items = items_agg,
	  .emit_stmt = emit_agg,
	  .doc = "Divides the values of an aggregation by a number when they are printed.",
	  .example = "@ = sum(timestamp); normalize(@, 1000)" },
	{ "raise", DT_BI_ACTION, "void(int)", DT_BF_DESTRUCTIVE | DT_BF_NORECORD, DTRACEACT_RAISE,
	  .items = items_none, .emit_stmt = emit_raise,
	  .doc = "Sends a signal to the current process.", .example = "raise(15)" },
	{ "setopt", DT_BI_ACTION, "void(const char *, [const char *])", DT_BF_RECORDS,
	  DTRACEACT_LIBACT, .perform = dt_perform_setopt, .items = items_setopt,
	  .doc = "Sets an option during the run.", .example = "setopt(\"quiet\", \"yes\")" },
	{ "stop", DT_BI_ACTION, "void()", DT_BF_DESTRUCTIVE | DT_BF_NORECORD, DTRACEACT_STOP,
	  .items = items_none, .emit_stmt = emit_stop, .doc = "Stops the current process.",
	  .example = "stop()" },
	{ "trunc", DT_BI_ACTION, "void(...)", AGG_FLAGS, DTRACEACT_LIBACT,
	  .perform = dt_perform_trunc, .check_stmt = check_trunc, .items = items_agg,
	  .emit_stmt = emit_agg,
	  .doc = "Removes all keys of an aggregation, or all but those of the N largest (N < 0: "
		 "smallest) values.",
	  .example = "@[pid] = count(); trunc(@, 10)" },
};

const struct dt_builtin_family dt_builtins_act_control = { "act_control", rows, ARRAY_SIZE(rows) };
