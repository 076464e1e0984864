/* SPDX-License-Identifier: MIT */
/*
 * One firing per period for the whole machine, on idle machines too: a bpf_timer.  Measured on 6.1
 * and 6.18:
 *
 * - bpf_timer loads in SYSCALL and tp_btf programs only.  A test run can start a SYSCALL program,
 *   so it is one.  The timer's callback may use what D's clauses use (rings, all kinds of maps,
 *   task storage, the current task and its comm, probe reads, clocks, get_task_stack, send_signal)
 *   but not bpf_get_stack(), which wants a context.  It runs in a softirq: the current task is the
 *   one that was interrupted, and its kernel stack has the interrupt's frames on top.  The kernel
 *   refuses to walk the stacks of the idle tasks that it made for CPUs other than the first.
 * - The program that lower/ made therefore becomes a subprogram, whose context is the number 0.  In
 *   front of it stand a main function that starts the timer and a callback that starts it again and
 *   calls the subprogram.  A callback has a stack of its own: 32 bytes here beside the 480 that D's
 *   functions may use.
 * - Each firing is computed from the one before and not from the current time, so that there is no
 *   drift.  Firings that are late by a whole period are skipped and counted.  (BPF_F_TIMER_ABS came
 *   in 6.4; a difference serves as well.)
 *
 * The timer lives while user space holds the map: closing the map's descriptor ends it.  A kernel
 * without bpf_timer gets a raw_tp program, which poll() runs when it is time.  So does a program
 * with tail calls, which a callback cannot make.
 */
#include <errno.h>
#include <string.h>
#include <time.h>
#include "attach/attach.h"
#include "attach/timer.h"

/* The timer map's value, behind struct bpf_timer. */
#define NEXT_OFF    16 /* when it fires next */
#define SKIPPED_OFF 24 /* firings that were late by a whole period */
#define VALUE_SIZE  32

struct timer {
	int map_fd; /* < 0: no bpf_timer, poll() fires */
	uint64_t period_ns, next_ns, skipped;
	struct dt_bpf_prog_spec spec; /* the wrapped program; its arrays are owned here */
};

static void free_timer(struct dt_attach *att)
{
	struct timer *t = att->priv;

	if (!t)
		return;
	free(t->spec.insns);
	free((void *)t->spec.relocs);
	free((void *)t->spec.map_fds);
	free((void *)t->spec.subprogs);
	free((void *)t->spec.func_types);
	free(t);
}

/* ---- the code in front of the program ---- */

enum { FOUND, FIRE, ON_TIME, PROGRAM };

#define PREFIX_MAX 64

struct prefix {
	struct bpf_insn insns[PREFIX_MAX];
	struct dt_insn_seq seq;
	uint32_t callback;    /* where fire() begins */
	uint32_t map_refs[2]; /* where the map's address is loaded */
};

#define ADD(p, ...)                                                         \
	dt_insn_append(&(p)->seq, (const struct bpf_insn[]){ __VA_ARGS__ }, \
		       ARRAY_SIZE(((const struct bpf_insn[]){ __VA_ARGS__ })))

static void add_map(struct prefix *p, int ref, uint8_t reg)
{
	p->map_refs[ref] = p->seq.n;
	ADD(p, DT_INSN_IMM64(reg, BPF_PSEUDO_MAP_FD, 0));
}

/*
 * r6: the timer's value, r7: now, r8: the next firing.
 *
 *	v->next = next;
 *	timer_start(v, next - now);
 */
static void add_timer_start(struct prefix *p)
{
	ADD(p, dt_insn_stx(BPF_DW, BPF_REG_6, NEXT_OFF, BPF_REG_8),
	    dt_insn_alu(BPF_SUB, BPF_REG_8, BPF_REG_7), dt_insn_mov(BPF_REG_1, BPF_REG_6),
	    dt_insn_mov(BPF_REG_2, BPF_REG_8), dt_insn_movi(BPF_REG_3, 0),
	    dt_insn_call(BPF_FUNC_timer_start)); /* 5.15 */
}

/*
 *	int start(void)
 *	{
 *		v = lookup(map, 0);
 *		if (!v)
 *			return ENOENT;
 *		timer_init(v, map, CLOCK_MONOTONIC);
 *		timer_set_callback(v, fire);
 *		now = ktime_get_ns();
 *		next = now + period;
 *		return -(start the timer);
 *	}
 */
static void add_start(struct prefix *p, uint64_t period_ns)
{
	ADD(p, dt_insn_st(BPF_W, BPF_REG_10, -4, 0), dt_insn_mov(BPF_REG_2, BPF_REG_10),
	    dt_insn_alui(BPF_ADD, BPF_REG_2, -4));
	add_map(p, 0, BPF_REG_1);
	ADD(p, dt_insn_call(BPF_FUNC_map_lookup_elem), dt_insn_jmpi(BPF_JNE, BPF_REG_0, 0, FOUND),
	    dt_insn_movi(BPF_REG_0, ENOENT), dt_insn_exit());
	ADD(p, dt_insn_label(FOUND), dt_insn_mov(BPF_REG_6, BPF_REG_0),
	    dt_insn_mov(BPF_REG_1, BPF_REG_6));
	add_map(p, 1, BPF_REG_2);
	ADD(p, dt_insn_movi(BPF_REG_3, CLOCK_MONOTONIC),
	    dt_insn_call(BPF_FUNC_timer_init)); /* 5.15 */
	ADD(p, dt_insn_mov(BPF_REG_1, BPF_REG_6), DT_INSN_IMM64(BPF_REG_2, BPF_PSEUDO_FUNC, FIRE),
	    dt_insn_call(BPF_FUNC_timer_set_callback)); /* 5.15 */
	ADD(p, dt_insn_call(BPF_FUNC_ktime_get_ns), dt_insn_mov(BPF_REG_7, BPF_REG_0),
	    dt_insn_mov(BPF_REG_8, BPF_REG_7), DT_INSN_IMM64(BPF_REG_9, 0, period_ns),
	    dt_insn_alu(BPF_ADD, BPF_REG_8, BPF_REG_9));
	add_timer_start(p);
	ADD(p, dt_insn_neg(BPF_REG_0), dt_insn_exit());
}

/*
 *	int fire(map, key, v)
 *	{
 *		now = ktime_get_ns();
 *		next = v->next + period;
 *		if (next <= now) {
 *			late = (now - next) / period + 1;
 *			v->skipped += late;
 *			next += late * period;
 *		}
 *		start the timer;
 *		program(0);
 *		return 0;
 *	}
 *
 * The program itself follows.
 */
static void add_fire(struct prefix *p, uint64_t period_ns)
{
	p->callback = p->seq.n;
	ADD(p, dt_insn_label(FIRE), dt_insn_mov(BPF_REG_6, BPF_REG_3),
	    dt_insn_call(BPF_FUNC_ktime_get_ns), dt_insn_mov(BPF_REG_7, BPF_REG_0),
	    dt_insn_ldx(BPF_DW, BPF_REG_8, BPF_REG_6, NEXT_OFF),
	    DT_INSN_IMM64(BPF_REG_9, 0, period_ns), dt_insn_alu(BPF_ADD, BPF_REG_8, BPF_REG_9),
	    dt_insn_jmp(BPF_JGT, BPF_REG_8, BPF_REG_7, ON_TIME));
	ADD(p, dt_insn_mov(BPF_REG_1, BPF_REG_7), dt_insn_alu(BPF_SUB, BPF_REG_1, BPF_REG_8),
	    dt_insn_alu(BPF_DIV, BPF_REG_1, BPF_REG_9), dt_insn_alui(BPF_ADD, BPF_REG_1, 1),
	    dt_insn_ldx(BPF_DW, BPF_REG_2, BPF_REG_6, SKIPPED_OFF),
	    dt_insn_alu(BPF_ADD, BPF_REG_2, BPF_REG_1),
	    dt_insn_stx(BPF_DW, BPF_REG_6, SKIPPED_OFF, BPF_REG_2),
	    dt_insn_alu(BPF_MUL, BPF_REG_1, BPF_REG_9), dt_insn_alu(BPF_ADD, BPF_REG_8, BPF_REG_1));
	ADD(p, dt_insn_label(ON_TIME));
	add_timer_start(p);
	ADD(p, dt_insn_movi(BPF_REG_1, 0), dt_insn_call_fn(PROGRAM), dt_insn_movi(BPF_REG_0, 0),
	    dt_insn_exit());
}

static void write_prefix(struct prefix *p, uint64_t period_ns)
{
	*p = (struct prefix){ .seq = { .insns = p->insns, .max = PREFIX_MAX } };
	add_start(p, period_ns);
	add_fire(p, period_ns);
	ADD(p, dt_insn_label(PROGRAM));
	dt_insn_resolve(&p->seq);
}

/* ---- the program with it ---- */

static struct bpf_insn *wrap_code(const struct prefix *p, const struct dt_bpf_prog_spec *spec)
{
	uint32_t n = p->seq.n;
	struct bpf_insn *code = malloc((n + spec->ninsns) * sizeof(*code));

	if (code) {
		memcpy(code, p->insns, n * sizeof(*code));
		memcpy(code + n, spec->insns, spec->ninsns * sizeof(*code));
	}
	return code;
}

static struct dt_bpf_reloc *wrap_relocs(const struct prefix *p, const struct dt_bpf_prog_spec *spec)
{
	struct dt_bpf_reloc *relocs = malloc((spec->nrelocs + 2) * sizeof(*relocs));

	if (!relocs)
		return NULL;
	for (size_t i = 0; i < spec->nrelocs; i++) {
		relocs[i] = spec->relocs[i];
		relocs[i].insn += p->seq.n;
	}
	for (size_t i = 0; i < 2; i++)
		relocs[spec->nrelocs + i] =
			(struct dt_bpf_reloc){ .insn = p->map_refs[i],
					       .kind = DT_BPF_RELOC_MAP,
					       .map = (uint32_t)spec->nmap_fds };
	return relocs;
}

/* A program with callbacks needs func_info, which must list every function. */
static uint32_t *wrap_subprogs(const struct prefix *p, const struct dt_bpf_prog_spec *spec)
{
	uint32_t *starts = malloc((spec->nsubprogs + 3) * sizeof(*starts));

	if (!starts)
		return NULL;
	starts[0] = 0;
	starts[1] = p->callback;
	starts[2] = p->seq.n; /* the program itself */
	for (size_t i = 1; i < spec->nsubprogs; i++)
		starts[2 + i] = spec->subprogs[i] + p->seq.n;
	return starts;
}

static struct dt_bpf_func_type *wrap_types(const struct dt_bpf_prog_spec *spec)
{
	struct dt_bpf_func_type *types = calloc(spec->nsubprogs + 3, sizeof(*types));

	for (size_t i = 1; types && spec->func_types && i < spec->nsubprogs; i++)
		types[2 + i] = spec->func_types[i];
	return types;
}

static int wrap(struct timer *t, struct dt_bpf_prog_spec *spec)
{
	struct prefix p;
	struct dt_bpf_prog_spec *w = &t->spec;
	int *map_fds = malloc((spec->nmap_fds + 1) * sizeof(*map_fds));

	write_prefix(&p, t->period_ns);
	*w = *spec;
	w->insns = wrap_code(&p, spec);
	w->ninsns = spec->ninsns + p.seq.n;
	w->relocs = wrap_relocs(&p, spec);
	w->nrelocs = spec->nrelocs + 2;
	w->subprogs = wrap_subprogs(&p, spec);
	w->func_types = wrap_types(spec);
	w->nsubprogs = DT_MAX(spec->nsubprogs, 1) + 2;
	w->map_fds = map_fds;
	w->nmap_fds = spec->nmap_fds + 1;
	if (!w->insns || !w->relocs || !w->subprogs || !w->func_types || !map_fds)
		return -ENOMEM;
	if (spec->nmap_fds)
		memcpy(map_fds, spec->map_fds, spec->nmap_fds * sizeof(*map_fds));
	map_fds[spec->nmap_fds] = t->map_fd;
	w->type = BPF_PROG_TYPE_SYSCALL;
	w->flags |= BPF_F_SLEEPABLE; /* required of SYSCALL programs; the callback is not */
	*spec = *w;
	return 0;
}

static int prepare_timer(struct dt_attach *att, struct dt_bpf_prog_spec *spec,
			 struct dt_strbuf *why)
{
	struct dt_bpf_map_spec map = { .type = BPF_MAP_TYPE_ARRAY,
				       .key_size = 4,
				       .value_size = VALUE_SIZE,
				       .max_entries = 1,
				       .btf = DT_BPF_MAP_BTF_TIMER,
				       .name = "timer" };
	struct timer *t = calloc(1, sizeof(*t));

	if (!t)
		return -ENOMEM;
	att->priv = t;
	t->map_fd = -1;
	t->period_ns = container_of(att->target, const struct dt_timer_target, target)->period_ns;
	if (!t->period_ns) {
		dt_attach_why(why, "a timer needs a period");
		return -EINVAL;
	}
	if (spec->tail_calls || !dt_bpf_has(att->ctx, DT_BPF_HAS_TIMER_SYSCALL)) {
		spec->type = BPF_PROG_TYPE_RAW_TRACEPOINT;
		return 0;
	}
	t->map_fd = dt_bpf_map_create(att->ctx, &map);
	return t->map_fd < 0 ? t->map_fd : wrap(t, spec);
}

static int attach_timer(struct dt_attach *att, struct dt_strbuf *why)
{
	struct timer *t = att->priv;
	uint32_t failed = 0;
	int err;

	if (t->map_fd < 0) {
		t->next_ns = dt_now_ns() + t->period_ns;
		return 0;
	}
	err = dt_bpf_test_run(att->prog_fd, NULL, 0, &failed);
	if (!err && failed) {
		dt_attach_why(why, "the kernel did not start a timer");
		err = -(int)failed;
	}
	return err;
}

static void detach_timer(struct dt_attach *att)
{
	struct timer *t = att->priv;

	if (t && t->map_fd >= 0)
		dt_bpf_close(att->ctx, t->map_fd);
	free_timer(att);
}

static uint64_t poll_timer(struct dt_attach *att, uint64_t now_ns)
{
	static const uint64_t no_args[2];
	struct timer *t = att->priv;
	uint64_t late;

	if (t->map_fd >= 0)
		return UINT64_MAX;
	if (t->next_ns > now_ns)
		return t->next_ns;
	dt_bpf_test_run(att->prog_fd, no_args, sizeof(no_args), NULL);
	late = (now_ns - t->next_ns) / t->period_ns;
	t->skipped += late;
	t->next_ns += (late + 1) * t->period_ns;
	return t->next_ns;
}

static uint64_t missed_timer(struct dt_attach *att)
{
	struct timer *t = att->priv;
	uint64_t value[VALUE_SIZE / 8] = { 0 };
	uint32_t key = 0;

	if (t->map_fd < 0)
		return t->skipped;
	return dt_bpf_map_lookup(t->map_fd, &key, value) ? 0 : value[SKIPPED_OFF / 8];
}

const struct dt_mech_ops dt_mech_timer = {
	.name = "timer",
	.has_task_stack = true,
	.stack_above = 5, /* get_task_stack and its callee, fire(), bpf_timer_cb */
	.prepare = prepare_timer,
	.attach = attach_timer,
	.detach = detach_timer,
	.poll = poll_timer,
	.missed = missed_timer,
};
