/* SPDX-License-Identifier: MIT */
/*
 * Actions that put data into the record: trace, print, tracemem, printf and its relatives, printa,
 * stacks, and symbols of addresses.
 *
 * Stacks and symbols may also be keys of aggregations and arguments of printf (DT_BF_VALUE).  The
 * expression is then a CALL node of the row, of type stack, _symaddr or _usymaddr, with the
 * arguments as its kids.
 */
#include <errno.h>
#include <linux/bpf.h>
#include <sys/dtrace.h>
#include "base/util.h"
#include "builtin/builtins.h"
#include "builtin/show.h"
#include "check/agg.h"
#include "check/call.h"
#include "check/context.h"
#include "check/convert.h"
#include "check/fold.h"
#include "check/format.h"
#include "check/node.h"
#include "lower/hooks.h"

/* trace(stack()) means stack(). */
static void check_own_action(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *call)
{
	const struct dt_expr *e = s->args[0];

	s->row = e->row;
	s->args = e->kids;
	s->nargs = e->nkids;
	if (s->row->check_stmt)
		s->row->check_stmt(c, s, call);
}

static void check_trace(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *call)
{
	struct dt_expr *e = s->args[0];

	if (e->op == DT_E_CALL && e->row->flags & DT_BF_VALUE) {
		check_own_action(c, s, call);
		return;
	}
	if (dt_type_is_void(e->type))
		dt_fail(c->compile, &s->loc, "D_TRACE_VOID",
			"%s( ) may not be applied to a void expression", s->row->name);
	if (e->op == DT_E_XLATE || dt_type_is_dyn(e->type))
		dt_fail_hint(c->compile, &s->loc, "D_TRACE_DYN", "name one of its members",
			     "%s( ) may not be applied to a "
			     "translated object",
			     s->row->name);
	if (dt_type_is_chararray(e->type))
		e = dt_check_to_string(c, e);
	else if (dt_type_strip(e->type)->kind != DT_K_ARRAY)
		e = dt_check_value(c, e);
	s->args[0] = e;
}

static void check_print(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *call)
{
	struct dt_expr *e = s->args[0];
	bool text = dt_type_is_chararray(e->type);

	if (!text && dt_type_size(c->types, e->type) == 0 && !dt_type_is_void(e->type) &&
	    e->op != DT_E_XLATE)
		dt_fail(c->compile, &s->loc, "D_PRINT_SIZE",
			"print( ) may not be applied to an object of unknown size: %s",
			dt_check_tname(c, e->type));
	check_trace(c, s, call);
	if (text)
		s->args[0] = e; /* an array of char is printed as one, its bounds included */
}

static void check_tracemem(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *call)
{
	int64_t size;

	(void)call;
	dt_check_nargs(c, &s->loc, "tracemem", s->nargs, 2, 3);
	s->args[0] = dt_check_value(c, s->args[0]);
	if (!dt_type_is_ptr(s->args[0]->type) && !dt_type_is_integer(s->args[0]->type))
		dt_fail(c->compile, &s->args[0]->loc, "D_TRACEMEM_ADDR",
			"tracemem( ) argument #1 is incompatible with prototype:\n"
			"\tprototype: pointer or integer\n\t argument: %s",
			dt_check_tname(c, s->args[0]->type));
	if (!dt_check_const_arg(s->args[1], &size) || size <= 0)
		dt_fail(c->compile, &s->args[1]->loc, "D_TRACEMEM_SIZE",
			"tracemem( ) argument #2 must be a non-zero positive integral constant "
			"expression");
	if (s->nargs > 2 && !dt_type_is_integer(s->args[2]->type))
		dt_check_bad_arg(c, &s->args[2]->loc, "tracemem", 3, "integer", s->args[2]->type);
}

static void check_printf(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *call)
{
	dt_check_printflike(c, s, call);
}

/* freopen("") restores the original output.  freopen(".") is how illumos stores that; scripts may
 * not use it. */
static void check_freopen(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *call)
{
	const struct dt_ast_expr *first = call->call.nargs ? call->call.args[0] : NULL;

	if (first && first->kind == DT_EXPR_STRING && first->str.len == 1 && first->str.s[0] == '.')
		dt_fail(c->compile, &first->loc, "D_FREOPEN_INVALID",
			"freopen( ) argument #1 cannot be \".\"");
	if (first && first->kind == DT_EXPR_STRING && first->str.len == 0 &&
	    call->call.nargs == 1) {
		s->fmt = dt_fmt_parse(c->compile, &s->loc, "");
		return;
	}
	dt_check_printflike(c, s, call);
}

/* One printa() may print several aggregations side by side, if their keys have the same types. */
static void check_joined(struct dt_check *c, const struct dt_stmt *s, const struct dt_agg *a,
			 const struct dt_agg *b)
{
	if (a->nkeys != b->nkeys)
		dt_fail(c->compile, &s->loc, "D_PRINTA_AGGKEY",
			"printa( ): @%s and @%s do not have matching key signatures: @%s has %u "
			"key%s, @%s has %u key%s",
			a->name, b->name, a->name, a->nkeys, a->nkeys == 1 ? "" : "s", b->name,
			b->nkeys, b->nkeys == 1 ? "" : "s");
	for (uint32_t i = 0; i < a->nkeys; i++) {
		if (dt_type_compatible(a->keys[i], b->keys[i]))
			continue;
		dt_fail(c->compile, &s->loc, "D_PRINTA_AGGPROTO",
			"printa( ): @%s[ ] key #%u is incompatible with @%s:\n%9s key #%u: %s\n%9s "
			"key #%u: %s",
			b->name, i + 1, a->name, dt_arena_printf(c->arena, "@%s", a->name), i + 1,
			dt_check_tname(c, a->keys[i]), dt_arena_printf(c->arena, "@%s", b->name),
			i + 1, dt_check_tname(c, b->keys[i]));
	}
}

static void check_printa(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *call)
{
	const struct dt_ast_expr *const *args = call->call.args;
	size_t n = call->call.nargs, first = 0;

	if (n == 0)
		dt_fail(c->compile, &s->loc, "D_PRINTA_PROTO",
			"printa( ) prototype mismatch: 0 args passed, at least 1 expected");
	if (args[0]->kind != DT_EXPR_AGG) {
		if (args[0]->kind != DT_EXPR_STRING)
			dt_fail(c->compile, &args[0]->loc, "D_PRINTA_PROTO",
				"printa( ) argument #1 is incompatible with "
				"prototype:\n\tprototype: string constant or "
				"aggregation\n\t argument: %s",
				dt_check_tname(c, dt_check_expr(c, args[0])->type));
		first = 1;
		if (n == 1)
			dt_fail(c->compile, &s->loc, "D_PRINTA_PROTO",
				"printa( ) prototype mismatch: 1 arg passed, at least 2 expected "
				"with a format string");
	}
	s->aggs = dt_arena_new_array(c->arena, struct dt_agg *, n);
	for (size_t i = first; i < n; i++) {
		s->aggs[s->naggs] = dt_check_agg_arg(c, args[i], "printa", (uint32_t)i + 1,
						     "D_PRINTA_AGGARG", "D_PRINTA_AGGBAD");
		if (s->naggs++)
			check_joined(c, s, s->aggs[0], s->aggs[s->naggs - 1]);
	}
	if (first) {
		struct dt_fmt *fmt = dt_fmt_parse(c->compile, &args[0]->loc, args[0]->str.s);

		dt_fmt_check_aggs(c->compile, &s->loc, fmt, "printa", s->aggs, s->naggs);
		s->fmt = fmt;
	}
}

/* ---- stacks and symbols ---- */

static uint32_t frames(struct dt_check *c, const struct dt_expr *e, const char *func,
		       const char *tag)
{
	int64_t n;

	if (!dt_check_const_arg(e, &n) || n <= 0 || n > 0x7fff)
		dt_fail(c->compile, &e->loc, tag,
			"%s( ) argument #1 must be a non-zero positive integer constant", func);
	return (uint32_t)n;
}

static void check_stack_args(struct dt_check *c, const struct dt_builtin *row,
			     const struct dt_loc *loc, struct dt_expr **args, uint32_t nargs,
			     uint32_t *nframes, uint32_t *strsize)
{
	bool user = row->action != DTRACEACT_STACK;
	int64_t n;

	if (nargs > (user ? 2 : 1))
		dt_fail(c->compile, loc, user ? "D_USTACK_PROTO" : "D_STACK_PROTO",
			"%s( ) prototype mismatch: too many arguments", row->name);
	if (nargs > 0)
		*nframes = frames(c, args[0], row->name, user ? "D_USTACK_FRAMES" : "D_STACK_SIZE");
	if (nargs > 1) {
		if (!dt_check_const_arg(args[1], &n) || n < 0 || n > 0xffff)
			dt_fail(c->compile, &args[1]->loc, "D_USTACK_STRSIZE",
				"%s( ) argument #2 must be a positive integer constant", row->name);
		*strsize = (uint32_t)n;
	}
}

static void check_stack(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *call)
{
	(void)call;
	check_stack_args(c, s->row, &s->loc, s->args, s->nargs, &s->nframes, &s->strsize_bytes);
	s->nargs = 0;
}

static void check_stack_value(struct dt_check *c, struct dt_expr *e)
{
	uint32_t nframes, strsize;

	check_stack_args(c, e->row, &e->loc, e->kids, e->nkids, &nframes, &strsize);
}

/* ---- stacks and symbols: records and keys ---- */

static uint32_t stack_frames(const struct dt_plan *plan, const struct dt_builtin *row,
			     uint32_t asked)
{
	if (!asked)
		asked = row->action == DTRACEACT_STACK    ? plan->opts.stackframes
			: row->action == DTRACEACT_JSTACK ? plan->opts.jstackframes
							  : plan->opts.ustackframes;
	return DT_MIN(asked, plan->opts.maxframes);
}

static void items_stack(struct dt_layout *l, const struct dt_stmt *s)
{
	struct dt_plan *plan = dt_layout_plan(l);
	uint32_t frames = stack_frames(plan, s->row, s->nframes);
	bool user = s->row->action != DTRACEACT_STACK;
	uint32_t strsize = s->strsize_bytes;
	struct dt_rec_item *item;

	if (s->row->action == DTRACEACT_JSTACK && !strsize)
		strsize = plan->opts.jstackstrsize;
	item = dt_layout_item(l, s, s->row->action,
			      user ? (uint32_t)DT_ALIGN((frames + 1) * 8 + strsize, 8) : frames * 8,
			      8, user ? DT_ENC_USTACK : DT_ENC_STACK, user ? 8 : 4);
	item->arg = DTRACE_USTACK_ARG((uint64_t)frames, (uint64_t)strsize);
	item->tail_max = (frames + (user ? 0 : DT_STACK_SPARE)) * 8;
}

static void emit_stack(struct dt_cg *cg, const struct dt_stmt *s)
{
	bool user = s->row->action != DTRACEACT_STACK;
	struct dt_rec_item *item;
	uint32_t n;

	item = dt_cg_items(cg, s, &n);
	if (user)
		dt_ir_st(&cg->ir, cg->record.base, cg->record.off + (int32_t)item->koff + 4, 4,
			 dt_cg_pid(cg));
	dt_cg_item_tail_size(cg, item,
			     dt_cg_read_stack(cg, dt_cg_item_tail(cg, item), item->tail_max / 8,
					      user));
}

static uint32_t key_frames(const struct dt_plan *plan, bool user, uint64_t asked)
{
	if (!asked)
		asked = user ? plan->opts.ustackframes : plan->opts.stackframes;
	return (uint32_t)DT_MIN(asked, (uint64_t)plan->opts.maxframes);
}

/* Bytes of the frames in a key: of a kernel stack there are more than are shown. */
static uint32_t frames_size(uint32_t frames, bool user)
{
	return (frames + (user ? 0 : DT_STACK_SPARE)) * 8;
}

static void layout_key_stack(const struct dt_plan *plan, struct dt_key_layout *k)
{
	bool user = k->action != DTRACEACT_STACK;
	uint32_t frames = key_frames(plan, user, k->arg), tgid = user ? 8 : 0;

	k->arg = frames;
	k->enc = user ? DT_ENC_USTACK : DT_ENC_STACK;
	k->ksize = tgid + frames_size(frames, user);
	k->size = tgid + frames * 8;
}

static void key_stack(struct dt_cg *cg, const struct dt_expr *e, struct dt_mem at, uint32_t size)
{
	bool user = e->row->action != DTRACEACT_STACK;
	uint64_t asked = e->nkids && e->kids[0]->op == DT_E_INT ? (uint64_t)e->kids[0]->ival : 0;
	uint32_t bytes = frames_size(key_frames(cg->plan, user, asked), user);
	const struct dt_intern_layout *table = dt_intern_find(cg->plan, bytes);
	uint32_t tgid = !user ? 0 : table ? 4 : 8;

	if (user)
		dt_ir_st(&cg->ir, at.base, at.off, tgid, dt_cg_pid(cg));
	at.off += (int32_t)tgid;
	if (table) {
		dt_ir_st(&cg->ir, at.base, at.off, 4, dt_cg_intern_stack(cg, table, user));
		return;
	}
	dt_cg_zero(cg, at, size - tgid);
	dt_cg_read_stack(cg, at, (size - tgid) / 8, user);
}

static bool is_user_sym(uint16_t action)
{
	return action == DTRACEACT_USYM || action == DTRACEACT_UMOD || action == DTRACEACT_UADDR;
}

static void items_sym(struct dt_layout *l, const struct dt_stmt *s)
{
	uint32_t size = is_user_sym(s->row->action) ? 16 : 8;

	dt_layout_item(l, s, s->row->action, size, 8, DT_ENC_BYTES, size);
}

static void put_sym(struct dt_cg *cg, const struct dt_builtin *row, struct dt_mem at,
		    const struct dt_expr *addr)
{
	dt_vreg v = dt_cg_num(cg, addr);

	if (is_user_sym(row->action)) {
		dt_ir_st(&cg->ir, at.base, at.off, 8, dt_cg_pid(cg));
		at.off += 8;
	}
	dt_ir_st(&cg->ir, at.base, at.off, 8, v);
}

static void emit_sym(struct dt_cg *cg, const struct dt_stmt *s)
{
	uint32_t n;
	struct dt_rec_item *item = dt_cg_items(cg, s, &n);

	put_sym(cg, s->row,
		(struct dt_mem){ cg->record.base, cg->record.off + (int32_t)item->koff },
		s->args[0]);
}

/* Writes an address to AT; before that, for a user address, the id of its process. */
static void layout_key_sym(const struct dt_plan *plan, struct dt_key_layout *k)
{
	(void)plan;
	k->enc = DT_ENC_BYTES;
	k->ksize = k->size = is_user_sym(k->action) ? 16 : 8;
}

static void key_sym(struct dt_cg *cg, const struct dt_expr *e, struct dt_mem at, uint32_t size)
{
	(void)size;
	put_sym(cg, e->row, at, e->kids[0]);
}

/* ---- printa, tracemem ---- */

static void items_printa(struct dt_layout *l, const struct dt_stmt *s)
{
	for (uint32_t i = 0; i < s->naggs; i++)
		dt_layout_item(l, s, DTRACEACT_PRINTA, 8, 8, DT_ENC_CONST, 0)->cvalue =
			s->aggs[i]->id;
}

static void emit_nothing(struct dt_cg *cg, const struct dt_stmt *s)
{
	(void)cg;
	(void)s;
}

static void items_tracemem(struct dt_layout *l, const struct dt_stmt *s)
{
	uint32_t size = (uint32_t)s->args[1]->ival;
	struct dt_rec_item *item;

	if (s->nargs > 2)
		dt_layout_item(l, s, DTRACEACT_TRACEMEM_DYNSIZE, 8, 8, DT_ENC_BYTES, 8);
	item = dt_layout_item(l, s, DTRACEACT_TRACEMEM, size, 1, DT_ENC_MEM, 4);
	item->ksize = size;
	item->tail_max = (uint32_t)DT_ALIGN(size, 8);
}

static void emit_tracemem(struct dt_cg *cg, const struct dt_stmt *s)
{
	uint32_t n;
	struct dt_rec_item *items = dt_cg_items(cg, s, &n), *mem = &items[n - 1];
	dt_vreg addr = dt_cg_num(cg, s->args[0]);

	if (n > 1)
		dt_cg_item_num(cg, &items[0], dt_cg_num(cg, s->args[2]));
	dt_cg_read_into(cg, dt_cg_item_tail(cg, mem), mem->size, addr, false);
	dt_cg_item_tail_size(cg, mem, dt_ir_const(&cg->ir, mem->size));
}

#define SYM(n, t, act, d, ex)                                                               \
	{                                                                                   \
		n, DT_BI_ACTION, t "(uintptr_t)", DT_BF_RECORDS | DT_BF_VALUE, act,         \
			.doc = d, .example = ex, .items = items_sym, .emit_stmt = emit_sym, \
			.layout_key = layout_key_sym, .emit_key = key_sym                   \
	}
#define STACK(n, act, d, ex)                                                                      \
	{                                                                                         \
		n, DT_BI_ACTION, "stack(...)", DT_BF_RECORDS | DT_BF_VALUE, act,                  \
			.doc = d, .example = ex, .check = check_stack_value,                      \
			.check_stmt = check_stack, .items = items_stack, .emit_stmt = emit_stack, \
			.layout_key = layout_key_stack, .emit_key = key_stack                     \
	}

static const struct dt_builtin rows[] = {
	SYM("func", "_symaddr", DTRACEACT_SYM, "Kernel function that contains an address.",
	    "syscall::read:entry { @[func(caller)] = count(); }"),
	STACK("jstack", DTRACEACT_JSTACK,
	      "User stack, with the names of interpreted and JIT-compiled functions.",
	      "profile-97 /arg1/ { jstack(); }"),
	SYM("mod", "_symaddr", DTRACEACT_MOD, "Kernel module that contains an address.",
	    "profile-97 /arg0/ { @[mod(arg0)] = count(); }"),
	{ "pcap", DT_BI_ACTION, "void(void *, int)",
	  .doc = "A network packet, written to a file in libpcap's format." },
	{ "print", DT_BI_ACTION, "void(@)", DT_BF_RECORDS, DTRACEACT_DIFEXPR, .show = dt_show_print,
	  .check_stmt = check_print, .doc = "A value with its type; structures member by member.",
	  .example = "print(pid)" },
	{ "printa", DT_BI_ACTION, "void(@, ...)", DT_BF_RECORDS | DT_BF_PRINTFLIKE | DT_BF_AGGARGS,
	  DTRACEACT_PRINTA, .show = dt_show_printa, .check_stmt = check_printa,
	  .items = items_printa, .emit_stmt = emit_nothing,
	  .doc = "Aggregations, by a format or as they are printed at the end.",
	  .example = "@[pid] = count(); printa(\"%d %@d\\n\", @)" },
	{ "printf", DT_BI_ACTION, "void(@, ...)", DT_BF_RECORDS | DT_BF_PRINTFLIKE,
	  DTRACEACT_PRINTF, .show = dt_show_printf, .check_stmt = check_printf,
	  .doc = "Values, by a format.", .example = "printf(\"%s %d\\n\", execname, pid)" },
	STACK("stack", DTRACEACT_STACK, "Kernel stack.", "profile-97 { @[stack(5)] = count(); }"),
	SYM("sym", "_symaddr", DTRACEACT_SYM, "Kernel symbol that contains an address.",
	    "profile-97 /arg0/ { @[sym(arg0)] = count(); }"),
	{ "trace", DT_BI_ACTION, "void(@)", DT_BF_RECORDS, DTRACEACT_DIFEXPR,
	  .check_stmt = check_trace, .doc = "A value, printed by its type.",
	  .example = "trace(execname)" },
	{ "tracemem", DT_BI_ACTION, "void(@, size_t, ...)", DT_BF_RECORDS, DTRACEACT_TRACEMEM,
	  .show = dt_show_tracemem, .check_stmt = check_tracemem, .items = items_tracemem,
	  .emit_stmt = emit_tracemem,
	  .doc = "Memory, as many bytes as the second argument says; a third limits them at run "
		 "time.",
	  .example = "tracemem(curthread, 32)" },
	SYM("uaddr", "_usymaddr", DTRACEACT_UADDR, "A user address, as symbol and offset.",
	    "profile-97 /arg1/ { @[uaddr(arg1)] = count(); }"),
	SYM("ufunc", "_usymaddr", DTRACEACT_USYM, "User function that contains an address.",
	    "profile-97 /arg1/ { @[ufunc(arg1)] = count(); }"),
	SYM("umod", "_usymaddr", DTRACEACT_UMOD,
	    "Executable or shared library that contains a user address.",
	    "profile-97 /arg1/ { @[umod(arg1)] = count(); }"),
	STACK("ustack", DTRACEACT_USTACK, "User stack.",
	      "profile-97 /arg1/ { @[ustack(5)] = count(); }"),
	SYM("usym", "_usymaddr", DTRACEACT_USYM, "User symbol that contains an address.",
	    "profile-97 /arg1/ { @[usym(arg1)] = count(); }"),
	{ "freopen", DT_BI_ACTION, "void(@, ...)",
	  DT_BF_RECORDS | DT_BF_PRINTFLIKE | DT_BF_DESTRUCTIVE, DTRACEACT_FREOPEN,
	  .show = dt_show_freopen, .check_stmt = check_freopen,
	  .doc = "Redirects further output to a file; `\"\"` restores the original.",
	  .example = "freopen(\"/tmp/%s\", execname)" },
	{ "system", DT_BI_ACTION, "void(@, ...)",
	  DT_BF_RECORDS | DT_BF_PRINTFLIKE | DT_BF_DESTRUCTIVE, DTRACEACT_SYSTEM,
	  .show = dt_show_system, .check_stmt = check_printf,
	  .doc = "Runs a shell command when the record is consumed.",
	  .example = "system(\"date; echo %d\", pid)" },
};

const struct dt_builtin_family dt_builtins_act_data = { "act_data", rows, ARRAY_SIZE(rows) };
