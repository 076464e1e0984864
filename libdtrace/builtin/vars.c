/* SPDX-License-Identifier: MIT */
/*
 * The built-in variables.  Those with DT_BF_CACHE are read once per clause.  The code of arg0 ...
 * arg9, args[] and errno comes from the probe's provider (contract/provider.h); the checker knows
 * the types of args[] from the signature of the clause.
 */
#include <inttypes.h>
#include <linux/bpf.h>
#include <string.h>
#include "base/util.h"
#include "builtin/builtins.h"
#include "check/args.h"
#include "check/context.h"
#include "check/convert.h"
#include "check/fold.h"
#include "check/node.h"
#include "check/type.h"
#include "check/xlate.h"
#include "lower/hooks.h"
#include "runtime/runtime.h"
#include "symbols/symbols.h"
#include "types/types.h"

static _Noreturn void no_arg(struct dt_check *c, const struct dt_expr *e, int64_t n)
{
	const char *desc = c->pdesc ? c->pdesc->text : "";
	const char *hint = NULL;

	if (c->probe)
		hint = dt_arena_printf(c->arena,
				       "args[ ] of %s:%s:%s:%s has %" PRIu32 " element%s%s",
				       c->probe->prov, c->probe->mod, c->probe->func,
				       c->probe->name, c->sig.n, c->sig.n == 1 ? "" : "s",
				       c->sig.n ? ""
						: "; arg0 to arg9 have its arguments as numbers");
	if (c->later_group)
		dt_fail_hint(c->compile, &e->loc, "D_ARGS_MULTI", hint,
			     "args[ ] may not be referenced because probe description %s matches "
			     "an unstable set of probes",
			     desc);
	if (!c->sig.n)
		dt_fail_hint(c->compile, &e->loc, "D_ARGS_NONE", hint,
			     "args[ ] may not be referenced because probe description %s has no "
			     "typed arguments",
			     desc);
	dt_fail_hint(c->compile, &e->loc, "D_ARGS_IDX", hint,
		     "index %" PRId64 " is out of range for %s args[ ]", n, desc);
}

/* args[n] has the type that the provider says.  It may be a translation of what the probe has. */
static void check_args(struct dt_check *c, struct dt_expr *e)
{
	struct dt_expr *index = e->kids[0], *arg;
	const struct dt_type *to;
	const struct dt_arg *a;
	int64_t n;

	if (!dt_check_const_arg(index, &n))
		dt_fail(c->compile, &e->loc, "D_ARGS_TYPE",
			"args[ ] index must be an integer constant, not an expression of type %s",
			dt_check_tname(c, index->type));
	a = dt_check_arg(c, n);
	if (!a)
		no_arg(c, e, n);
	e->type = a->type;
	e->is_user = a->is_user;
	e->is_trusted = a->is_trusted;
	if (!a->translated)
		return;
	to = dt_check_library_type(c, a->translated);
	if (!to || !dt_check_has_xlator(c, to, a->type))
		dt_fail(c->compile, &e->loc, "D_ARGS_XLATOR",
			"translator for args[%" PRId64 "] from %s to %s is not defined", n,
			dt_check_tname(c, a->type), a->translated);
	arg = dt_arena_new_obj(c->arena, struct dt_expr);
	*arg = *e;
	*e = *dt_check_xlate(c, to, arg, &arg->loc);
}

static void check_uregs(struct dt_check *c, struct dt_expr *e)
{
	if (!dt_type_is_integer(e->kids[0]->type))
		dt_fail(c->compile, &e->loc, "D_REGS_IDX",
			"index of uregs[ ] must be an integer, not %s",
			dt_check_tname(c, e->kids[0]->type));
	e->kids[0] = dt_check_cast(c, e->kids[0], dt_type_base(c->types, DT_B_INT));
}

/* The registers that the kernel saved when the thread entered it (5.15). */
static struct dt_val emit_uregs(struct dt_cg *cg, const struct dt_expr *e)
{
	struct dt_types *types = cg->plan->env->types;
	const struct dt_type *t = dt_types_lookup(types, NULL, DT_TAG_STRUCT, "pt_regs");
	uint64_t n = t ? dt_type_size(types, t) / 8 : 0;
	dt_vreg index = dt_cg_num(cg, e->kids[0]), regs, addr;
	dt_label ok = dt_ir_label(&cg->ir);

	dt_ir_jcci(&cg->ir, DT_IR_JULT, index, (int64_t)n, ok);
	dt_cg_fault(cg, DTRACEFLT_ILLOP, 0);
	dt_ir_place(&cg->ir, ok);
	regs = dt_ir_un(&cg->ir, DT_IR_NUM,
			dt_ir_helper(&cg->ir, BPF_FUNC_task_pt_regs, DT_ARGS(dt_cg_task(cg))));
	addr = dt_ir_bin(&cg->ir, DT_IR_ADD, regs, dt_ir_bini(&cg->ir, DT_IR_SHL, index, 3));
	return dt_val_num(dt_cg_read(cg, addr, 8, false));
}

/* ---- the probe ---- */

static struct dt_val emit_argn(struct dt_cg *cg, const struct dt_expr *e)
{
	return dt_val_num(dt_cg_arg(cg, (uint32_t)(e->row->name[strlen("arg")] - '0')));
}

/* The provider says which argN an args[n] is; its type says how it is extended. */
static struct dt_val emit_args(struct dt_cg *cg, const struct dt_expr *e)
{
	const struct dt_probe *probe = cg->clause->clause->probes[0];
	struct dt_args args = { 0 };
	const struct dt_arg *a;
	uint64_t size;
	dt_vreg r;

	if (probe->provider->ops->args)
		probe->provider->ops->args(probe->provider, probe, &args);
	a = &args.arg[e->kids[0]->ival];
	r = a->is_trusted ? dt_cg_trusted_arg(cg, a->argn) : dt_cg_arg(cg, a->argn);
	if (a->is_trusted)
		return (struct dt_val){ .kind = DT_VAL_NUM, .trusted = true, .reg = r };
	size = dt_type_size(cg->plan->env->types, a->type);
	if (size < 8 && size)
		r = dt_ir_ext(&cg->ir, r, (unsigned)size, dt_type_is_signed(a->type));
	return dt_val_num(r);
}

static struct dt_val emit_id(struct dt_cg *cg, const struct dt_expr *e)
{
	(void)e;
	return dt_val_num(dt_cg_probe_number(cg, DT_PF_ID));
}

static struct dt_val emit_epid(struct dt_cg *cg, const struct dt_expr *e)
{
	(void)e;
	return dt_val_num(dt_cg_epid(cg, cg->clause));
}

#define PROBE_TEXT(field, number)                                                         \
	static struct dt_val emit_probe##field(struct dt_cg *cg, const struct dt_expr *e) \
	{                                                                                 \
		(void)e;                                                                  \
		return dt_val_str(dt_cg_probe_text(cg, number));                          \
	}
PROBE_TEXT(prov, DT_PF_PROV)
PROBE_TEXT(mod, DT_PF_MOD)
PROBE_TEXT(func, DT_PF_FUNC)
PROBE_TEXT(name, DT_PF_NAME)

static struct dt_val emit_errno(struct dt_cg *cg, const struct dt_expr *e)
{
	(void)e;
	if (!cg->provider->ops->emit_errno)
		return dt_val_num(dt_ir_const(&cg->ir, 0));
	return dt_val_num(cg->provider->ops->emit_errno(cg));
}

/* ---- time and place ---- */

static dt_vreg helper(struct dt_cg *cg, int number)
{
	return dt_ir_helper_pure(&cg->ir, number, 0, NULL);
}

static struct dt_val emit_timestamp(struct dt_cg *cg, const struct dt_expr *e)
{
	(void)e;
	return dt_val_num(helper(cg, BPF_FUNC_ktime_get_ns));
}

static struct dt_val emit_walltimestamp(struct dt_cg *cg, const struct dt_expr *e)
{
	dt_vreg offset = dt_ir_ld(&cg->ir, dt_cg_state(cg), offsetof(struct dt_state, wall_offset),
				  8);

	(void)e;
	return dt_val_num(dt_ir_bin(&cg->ir, DT_IR_ADD, helper(cg, BPF_FUNC_ktime_get_ns), offset));
}

static struct dt_val emit_cpu(struct dt_cg *cg, const struct dt_expr *e)
{
	(void)e;
	return dt_val_num(helper(cg, BPF_FUNC_get_smp_processor_id));
}

/* ---- the current thread ---- */

static struct dt_val emit_curthread(struct dt_cg *cg, const struct dt_expr *e)
{
	(void)e;
	return (struct dt_val){ .kind = DT_VAL_NUM, .trusted = true, .reg = dt_cg_task(cg) };
}

#define ID(name)                                                                    \
	static struct dt_val emit_##name(struct dt_cg *cg, const struct dt_expr *e) \
	{                                                                           \
		(void)e;                                                            \
		return dt_val_num(dt_cg_##name(cg));                                \
	}
ID(pid)
ID(ppid)
ID(tid)

/* MEMBER of the task's credentials.  The helper saves the verifier a search (dt_cg_leader()). */
static dt_vreg credential(struct dt_cg *cg, const char *member, int shift)
{
	dt_vreg cred;

	if (dt_cg_is_current(cg))
		return dt_ir_bini(&cg->ir, DT_IR_SHR, helper(cg, BPF_FUNC_get_current_uid_gid),
				  shift);
	cred = dt_cg_load_field(cg, dt_cg_task(cg), "task_struct", DT_MEMBERS("cred"));
	return dt_cg_load_field(cg, cred, "cred", DT_MEMBERS(member, "val"));
}

/* The cgroup of the second version, by its id. */
static struct dt_val emit_cgroup(struct dt_cg *cg, const struct dt_expr *e DT_UNUSED)
{
	dt_vreg at;

	if (dt_cg_is_current(cg)) /* bpf_get_current_cgroup_id (4.18) */
		return dt_val_num(helper(cg, BPF_FUNC_get_current_cgroup_id));
	at = dt_cg_load_field(cg, dt_cg_task(cg), "task_struct", DT_MEMBERS("cgroups"));
	at = dt_cg_load_field(cg, at, "css_set", DT_MEMBERS("dfl_cgrp"));
	at = dt_cg_load_field(cg, at, "cgroup", DT_MEMBERS("kn"));
	return dt_val_num(dt_cg_load_field(cg, at, "kernfs_node", DT_MEMBERS("id")));
}

static struct dt_val emit_uid(struct dt_cg *cg, const struct dt_expr *e)
{
	return dt_val_num(
		dt_ir_ext(&cg->ir, credential(cg, "uid", 0), 4, dt_type_is_signed(e->type)));
}

static struct dt_val emit_gid(struct dt_cg *cg, const struct dt_expr *e)
{
	return dt_val_num(
		dt_ir_ext(&cg->ir, credential(cg, "gid", 32), 4, dt_type_is_signed(e->type)));
}

/* The time that the scheduler has charged to the thread, which it does at each tick and when the
 * thread leaves the CPU. */
static struct dt_val emit_vtimestamp(struct dt_cg *cg, const struct dt_expr *e)
{
	(void)e;
	return dt_val_num(dt_cg_load_field(cg, dt_cg_task(cg), "task_struct",
					   DT_MEMBERS("se", "sum_exec_runtime")));
}

#define COMM_BYTES 16 /* TASK_COMM_LEN */

/* A place for a name of COMM_BYTES, the rest of which is NULs. */
static struct dt_str comm_place(struct dt_cg *cg)
{
	struct dt_str s = dt_cg_str_place(cg, COMM_BYTES);

	s.cap = COMM_BYTES;
	s.padded = true;
	s.size = 0;
	return s;
}

/* The eight bytes at BASE + OFF, the first one lowest. */
static dt_vreg load_text(struct dt_cg *cg, dt_vreg base, uint32_t off)
{
	dt_vreg word = dt_ir_ld(&cg->ir, base, (int32_t)off, 8);

	return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? word : dt_ir_bswap(&cg->ir, word, 8);
}

static void store_text(struct dt_cg *cg, struct dt_mem m, dt_vreg word)
{
	if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__)
		word = dt_ir_bswap(&cg->ir, word, 8);
	dt_ir_st(&cg->ir, m.base, m.off, 8, word);
}

/* 0x80 where the first NUL of the eight bytes of TEXT is; 0: there is none. */
static dt_vreg first_nul(struct dt_cg *cg, dt_vreg text)
{
	dt_vreg less = dt_ir_bin(&cg->ir, DT_IR_SUB, text,
				 dt_ir_const(&cg->ir, 0x0101010101010101));
	dt_vreg nuls =
		dt_ir_bin(&cg->ir, DT_IR_AND,
			  dt_ir_bin(&cg->ir, DT_IR_AND, less, dt_ir_un(&cg->ir, DT_IR_NOT, text)),
			  dt_ir_const(&cg->ir, (int64_t)0x8080808080808080));

	return dt_ir_bin(&cg->ir, DT_IR_AND, nuls, dt_ir_un(&cg->ir, DT_IR_NEG, nuls));
}

/* TEXT up to its first NUL, which first_nul() has found; all of it where there is none. */
static dt_vreg cut_text(struct dt_cg *cg, dt_vreg text, dt_vreg nul)
{
	dt_vreg keep = dt_ir_bini(&cg->ir, DT_IR_SUB, dt_ir_bini(&cg->ir, DT_IR_SHR, nul, 7), 1);

	return dt_ir_bin(&cg->ir, DT_IR_AND, text, keep);
}

/* A task's name, in two words.  What follows its NUL is the rest of an older name, before Linux
 * 5.17. */
static struct dt_val task_name(struct dt_cg *cg, dt_vreg task)
{
	struct dt_str s = comm_place(cg);
	dt_vreg low, nul, high = dt_ir_new(&cg->ir);
	uint32_t off = dt_cg_field(cg, "task_struct", DT_MEMBERS("comm"), NULL);
	dt_label end = dt_ir_label(&cg->ir);

	low = load_text(cg, task, off);
	nul = first_nul(cg, low);
	store_text(cg, s.mem, cut_text(cg, low, nul));
	dt_ir_seti(&cg->ir, high, 0);
	dt_ir_jcci(&cg->ir, DT_IR_JNE, nul, 0, end);
	dt_ir_set(&cg->ir, high, load_text(cg, task, off + 8));
	dt_ir_set(&cg->ir, high, cut_text(cg, high, first_nul(cg, high)));
	dt_ir_place(&cg->ir, end);
	store_text(cg, (struct dt_mem){ s.mem.base, s.mem.off + 8 }, high);
	return dt_val_str(s);
}

/* The name of the thread group's leader. */
static struct dt_val emit_execname(struct dt_cg *cg, const struct dt_expr *e DT_UNUSED)
{
	return task_name(cg, dt_cg_leader(cg));
}

/* A place for text that the runtime works on by words: the one that the caller wishes for, if it is
 * made for that. */
static struct dt_str words_place(struct dt_cg *cg)
{
	struct dt_str s = { .kind = DT_STR_MEM, .cap = dt_cg_text_cap(cg) };

	if (cg->dest && cg->dest->cap >= 16 && cg->dest->cap % 8 == 0 && cg->dest->cap <= s.cap)
		return *cg->dest;
	s.mem = dt_cg_scratch(cg, s.cap);
	return s;
}

/* What the program's start has put on its stack; what a kernel thread has is empty. */
static struct dt_val emit_execargs(struct dt_cg *cg, const struct dt_expr *e)
{
	struct dt_str s = words_place(cg);
	uint32_t max = DT_MIN(s.cap, (uint32_t)cg->plan->opts.strsize) - 1;
	dt_vreg mm = dt_cg_load_field(cg, dt_cg_task(cg), "task_struct", DT_MEMBERS("mm"));
	dt_vreg from = dt_cg_load_field(cg, mm, "mm_struct", DT_MEMBERS("arg_start")), len, err;
	dt_label read = dt_ir_label(&cg->ir);

	(void)e;
	len = dt_cg_load_field(cg, mm, "mm_struct", DT_MEMBERS("arg_end"));
	len = dt_cg_bound(cg, dt_ir_bin(&cg->ir, DT_IR_SUB, len, from), max);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, len, 0, read);
	err = dt_ir_helper(&cg->ir, BPF_FUNC_probe_read_user,
			   DT_ARGS(dt_cg_mem_ptr(cg, s.mem), len, from));
	dt_cg_fault_if_neg(cg, err, DTRACEFLT_BADADDR, from);
	dt_ir_place(&cg->ir, read);
	s.padded = false;
	s.size = dt_ir_runtime(&cg->ir, DT_RT_JOIN_WORDS,
			       DT_ARGS(dt_cg_mem_ptr(cg, s.mem), len, dt_ir_const(&cg->ir, s.cap)));
	return dt_val_str(s);
}

/* bpf_get_current_comm pads with NULs. */
static struct dt_val emit_threadname(struct dt_cg *cg, const struct dt_expr *e DT_UNUSED)
{
	struct dt_str s;

	if (!dt_cg_is_current(cg))
		return task_name(cg, dt_cg_task(cg));
	s = comm_place(cg);
	dt_ir_helper(&cg->ir, BPF_FUNC_get_current_comm,
		     DT_ARGS(dt_cg_mem_ptr(cg, s.mem), dt_ir_const(&cg->ir, COMM_BYTES)));
	return dt_val_str(s);
}

/* The inode number of the initial UTS namespace, the same on every kernel (PROC_UTS_INIT_INO). */
#define HOST_UTS_INO   0xEFFFFFFEu
#define ZONENAME_BYTES 72

static struct dt_val emit_zonename(struct dt_cg *cg, const struct dt_expr *e)
{
	struct dt_str s = dt_cg_str_place(cg, ZONENAME_BYTES);
	dt_label host = dt_ir_label(&cg->ir), end = dt_ir_label(&cg->ir);
	dt_vreg p, inum;

	(void)e;
	s.cap = ZONENAME_BYTES;
	dt_cg_zero(cg, s.mem, ZONENAME_BYTES);
	p = dt_cg_load_field(cg, dt_cg_task(cg), "task_struct", DT_MEMBERS("nsproxy"));
	p = dt_cg_load_field(cg, p, "nsproxy", DT_MEMBERS("uts_ns"));
	inum = dt_cg_load_field(cg, p, "uts_namespace", DT_MEMBERS("ns", "inum"));
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, inum, (int64_t)HOST_UTS_INO, host);
	p = dt_ir_bini(&cg->ir, DT_IR_ADD, dt_ir_un(&cg->ir, DT_IR_NUM, p),
		       dt_cg_field(cg, "uts_namespace", DT_MEMBERS("name", "nodename"), NULL));
	dt_ir_helper(&cg->ir, BPF_FUNC_probe_read_kernel_str,
		     DT_ARGS(dt_cg_mem_ptr(cg, s.mem), dt_ir_const(&cg->ir, 65), p));
	dt_ir_jmp(&cg->ir, end);
	dt_ir_place(&cg->ir, host);
	dt_ir_st(&cg->ir, s.mem.base, s.mem.off, 8,
		 dt_ir_const(&cg->ir, 0x6c61626f6c67)); /* "global" */
	dt_ir_place(&cg->ir, end);
	s.padded = true;
	s.size = 0;
	return dt_val_str(s);
}

/* ---- the interrupt level ---- */

/* Where this CPU's count of what it is in the middle of lies: in the thread, or among the CPU's
 * variables, by a name that has changed. */
static dt_vreg preempt_count(struct dt_cg *cg)
{
	struct dt_types *types = cg->plan->env->types;
	struct dt_ksyms *ksyms = cg->plan->env->ksyms;
	const struct dt_type *thread = dt_types_lookup(types, NULL, DT_TAG_STRUCT, "thread_info");
	struct dt_ksym count = { 0 }, offsets;
	struct dt_member member;
	dt_vreg cpu, addr;
	uint32_t at = 0;

	if (thread && dt_type_member(types, thread, "preempt_count", &member))
		return dt_cg_load_field(cg, dt_cg_task(cg), "task_struct",
					DT_MEMBERS("thread_info", "preempt_count"));
	if (!dt_ksyms_name(ksyms, NULL, "__preempt_count", &count) &&
	    dt_ksyms_name(ksyms, NULL, "pcpu_hot", &count))
		at = dt_cg_field(cg, "pcpu_hot", DT_MEMBERS("preempt_count"), NULL);
	if (!count.name || !dt_ksyms_name(ksyms, NULL, "__per_cpu_offset", &offsets))
		dt_fail(cg->compile, NULL, "D_IDENT_UNDEF",
			"ipl is not available on this kernel: /proc/kallsyms does not have its "
			"variable __preempt_count or pcpu_hot");
	cpu = dt_ir_helper_pure(&cg->ir, BPF_FUNC_get_smp_processor_id, 0, NULL);
	addr = dt_ir_bin(&cg->ir, DT_IR_ADD, dt_ir_const(&cg->ir, (int64_t)offsets.addr),
			 dt_ir_bini(&cg->ir, DT_IR_SHL, cpu, 3));
	addr = dt_ir_bini(&cg->ir, DT_IR_ADD, dt_cg_read(cg, addr, 8, false),
			  (int64_t)(count.addr + at));
	return dt_cg_read(cg, addr, 4, false);
}

/* The kernel's include/linux/preempt.h. */
#define SOFTIRQ_BIT  0x100 /* the others say that they are held off */
#define HARDIRQ_BITS 0xf0000
#define NMI_BITS     0xf00000

static struct dt_val emit_ipl(struct dt_cg *cg, const struct dt_expr *e)
{
	static const int64_t levels[] = { SOFTIRQ_BIT, HARDIRQ_BITS, NMI_BITS };
	dt_vreg count = preempt_count(cg), level = dt_ir_new(&cg->ir);

	(void)e;
	dt_ir_seti(&cg->ir, level, 0);
	for (size_t i = 0; i < ARRAY_SIZE(levels); i++) {
		dt_label next = dt_ir_label(&cg->ir), in = dt_ir_label(&cg->ir);

		dt_ir_jcci(&cg->ir, DT_IR_JSET, count, levels[i], in);
		dt_ir_jmp(&cg->ir, next);
		dt_ir_place(&cg->ir, in);
		dt_ir_seti(&cg->ir, level, (int64_t)i + 1);
		dt_ir_place(&cg->ir, next);
	}
	return dt_val_num(level);
}

/* ---- stacks ---- */

#define DEPTH_FRAMES 127

static struct dt_val depth(struct dt_cg *cg, bool user)
{
	dt_vreg bytes = dt_cg_get_stack(cg, dt_cg_scratch(cg, DEPTH_FRAMES * 8), DEPTH_FRAMES,
					user),
		r = dt_ir_new(&cg->ir);
	dt_label ok = dt_ir_label(&cg->ir);

	dt_ir_set(&cg->ir, r, bytes);
	dt_ir_jcci(&cg->ir, DT_IR_JGE, r, 0, ok);
	dt_ir_seti(&cg->ir, r, 0);
	dt_ir_place(&cg->ir, ok);
	return dt_val_num(dt_ir_bini(&cg->ir, DT_IR_SHR, r, 3));
}

static struct dt_val emit_stackdepth(struct dt_cg *cg, const struct dt_expr *e)
{
	(void)e;
	return depth(cg, false);
}

static struct dt_val emit_ustackdepth(struct dt_cg *cg, const struct dt_expr *e)
{
	(void)e;
	return depth(cg, true);
}

/* The second frame; 0 if there is none. */
static struct dt_val second_frame(struct dt_cg *cg, bool user)
{
	struct dt_mem m = dt_cg_stack(cg, 16);

	dt_cg_zero(cg, m, 16);
	dt_cg_get_stack(cg, m, 2, user);
	return dt_val_num(dt_ir_ld(&cg->ir, m.base, m.off + 8, 8));
}

static struct dt_val emit_caller(struct dt_cg *cg, const struct dt_expr *e)
{
	(void)e;
	return second_frame(cg, false);
}

static struct dt_val emit_ucaller(struct dt_cg *cg, const struct dt_expr *e)
{
	(void)e;
	return second_frame(cg, true);
}

static void check_null(struct dt_check *c, struct dt_expr *e)
{
	*e = *dt_check_int(c, 0, e->type, &e->loc);
}

#define ARGN(n)                                                                                 \
	{                                                                                       \
		"arg" #n, DT_BI_VAR, "int64_t", DT_BF_CACHE | DT_BF_ARGS,                       \
			.emit = emit_argn, .doc = "Argument " #n " of the probe, as a number.", \
			.example = "trace(arg" #n ")"                                           \
	}

static const struct dt_builtin rows[] = {
	ARGN(0),
	ARGN(1),
	ARGN(2),
	ARGN(3),
	ARGN(4),
	ARGN(5),
	ARGN(6),
	ARGN(7),
	ARGN(8),
	ARGN(9),
	{ "args", DT_BI_VAR, "<DYN>", DT_BF_INDEXED | DT_BF_ARGS, .check = check_args,
	  .emit = emit_args, .doc = "Arguments of the probe, with their types.",
	  .example = "syscall::read:entry { trace(args[2]); }" },
	{ "caller", DT_BI_VAR, "uintptr_t", DT_BF_CACHE, .emit = emit_caller,
	  .doc = "Kernel address that the traced function returns to.",
	  .example = "syscall::read:entry { sym(caller); }" },
	{ "cgroup", DT_BI_VAR, "uint64_t", DT_BF_CACHE, .emit = emit_cgroup,
	  .doc = "Id of the current process's cgroup (cgroup2): the number of the inode of its "
		 "directory, as `ls -di` shows it.",
	  .example = "@[cgroup] = count()" },
	{ "cpu", DT_BI_VAR, "processorid_t", DT_BF_CACHE, .emit = emit_cpu,
	  .doc = "CPU that the probe fires on.", .example = "@[cpu] = count()" },
	{ "curthread", DT_BI_VAR, "struct task_struct *",
	  DT_BF_CACHE | DT_BF_TRUSTED | DT_BF_PRIVATE_DATA, .emit = emit_curthread,
	  .doc = "The kernel's task_struct of the current thread.",
	  .example = "trace(curthread->pid)" },
	{ "epid", DT_BI_VAR, "uint_t", 0, .emit = emit_epid,
	  .doc = "Id of the enabled probe: one per probe and clause.", .example = "trace(epid)" },
	{ "errno", DT_BI_VAR, "int", DT_BF_CACHE | DT_BF_ARGS, .emit = emit_errno,
	  .doc = "Error of the thread's last system call; 0 if it succeeded.",
	  .example = "syscall:::return /errno/ { @[probefunc, errno] = count(); }" },
	{ "execargs", DT_BI_VAR, "string", DT_BF_CACHE, .emit = emit_execargs,
	  .doc = "Arguments of the current process, joined by spaces.",
	  .example = "syscall::execve:return { trace(execargs); }" },
	{ "execname", DT_BI_VAR, "string", DT_BF_CACHE, .emit = emit_execname,
	  .strbytes = COMM_BYTES,
	  .doc = "Name of the current process, whatever its threads are called.",
	  .example = "@[execname] = count()" },
	{ "gid", DT_BI_VAR, "gid_t", DT_BF_CACHE, .emit = emit_gid,
	  .doc = "Real group id of the current process.", .example = "trace(gid)" },
	{ "id", DT_BI_VAR, "uint_t", DT_BF_CACHE, .emit = emit_id,
	  .doc = "Id of the probe, as `dtrace -l` lists it.", .example = "trace(id)" },
	{ "ipl", DT_BI_VAR, "uint_t", DT_BF_CACHE, .emit = emit_ipl,
	  .doc = "What the CPU is in the middle of: 1 a soft interrupt, 2 an interrupt, 3 one that "
		 "cannot be masked, 0 none of these.",
	  .example = "profile-97 { @[ipl] = count(); }" },
	{ "NULL", DT_BI_VAR, "void *", DT_BF_CONST, .check = check_null, .doc = "The null pointer.",
	  .example = "trace(strstr(\"abc\", \"x\") == NULL)" },
	{ "pid", DT_BI_VAR, "pid_t", DT_BF_CACHE, .emit = emit_pid,
	  .doc = "Id of the current process.", .example = "trace(pid)" },
	{ "ppid", DT_BI_VAR, "pid_t", DT_BF_CACHE, .emit = emit_ppid,
	  .doc = "Id of the current process's parent.", .example = "trace(ppid)" },
	{ "probefunc", DT_BI_VAR, "string", DT_BF_CACHE | DT_BF_CONSTSTR, .emit = emit_probefunc,
	  .doc = "Function part of the probe's name.",
	  .example = "syscall:::entry { @[probefunc] = count(); }" },
	{ "probemod", DT_BI_VAR, "string", DT_BF_CACHE | DT_BF_CONSTSTR, .emit = emit_probemod,
	  .doc = "Module part of the probe's name.", .example = "trace(probemod)" },
	{ "probename", DT_BI_VAR, "string", DT_BF_CACHE | DT_BF_CONSTSTR, .emit = emit_probename,
	  .doc = "Name part of the probe's name.", .example = "trace(probename)" },
	{ "probeprov", DT_BI_VAR, "string", DT_BF_CACHE | DT_BF_CONSTSTR, .emit = emit_probeprov,
	  .doc = "Provider part of the probe's name.", .example = "trace(probeprov)" },
	{ "stackdepth", DT_BI_VAR, "uint32_t", DT_BF_CACHE, .emit = emit_stackdepth,
	  .doc = "Number of frames on the kernel stack.",
	  .example = "syscall::read:entry { trace(stackdepth); }" },
	{ "threadname", DT_BI_VAR, "string", DT_BF_CACHE, .emit = emit_threadname,
	  .strbytes = COMM_BYTES, .doc = "Name of the current thread.",
	  .example = "trace(threadname)" },
	{ "tid", DT_BI_VAR, "id_t", DT_BF_CACHE, .emit = emit_tid,
	  .doc = "Id of the current thread.", .example = "trace(tid)" },
	{ "timestamp", DT_BI_VAR, "uint64_t", DT_BF_CACHE | DT_BF_CLOCK, .emit = emit_timestamp,
	  .doc = "Nanoseconds of a monotonic clock, read once per clause.",
	  .example = "self->start = timestamp" },
	{ "ucaller", DT_BI_VAR, "uint64_t", DT_BF_CACHE, .emit = emit_ucaller,
	  .doc = "User address that the current user function returns to.",
	  .example = "syscall::read:entry { usym(ucaller); }" },
	{ "uid", DT_BI_VAR, "uid_t", DT_BF_CACHE, .emit = emit_uid,
	  .doc = "Real user id of the current process.", .example = "@[uid] = count()" },
	{ "uregs", DT_BI_VAR, "uint64_t", DT_BF_INDEXED, .check = check_uregs, .emit = emit_uregs,
	  .doc = "User registers of the current thread, indexed by the R_ constants of regs.d.",
	  .example = "syscall::read:entry { ufunc(uregs[R_PC]); }" },
	{ "ustackdepth", DT_BI_VAR, "uint32_t", DT_BF_CACHE, .emit = emit_ustackdepth,
	  .doc = "Number of frames on the user stack.",
	  .example = "syscall::read:entry { trace(ustackdepth); }" },
	{ "vtimestamp", DT_BI_VAR, "uint64_t", DT_BF_CACHE | DT_BF_CLOCK, .emit = emit_vtimestamp,
	  .doc = "Nanoseconds that the current thread has spent on a CPU.",
	  .example = "self->ran = vtimestamp" },
	{ "walltimestamp", DT_BI_VAR, "int64_t", 0, .emit = emit_walltimestamp,
	  .doc = "Nanoseconds since 1970-01-01 00:00 UTC; advances within a clause.",
	  .example = "printf(\"%Y\", walltimestamp)" },
	{ "zonename", DT_BI_VAR, "string", DT_BF_CACHE, .emit = emit_zonename,
	  .strbytes = ZONENAME_BYTES,
	  .doc = "Host name of the current process's container (its UTS namespace); `global` on "
		 "the host.",
	  .example = "@[zonename] = count()" },
};

const struct dt_builtin_family dt_builtins_vars = { "vars", rows, ARRAY_SIZE(rows) };
