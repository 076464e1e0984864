/* SPDX-License-Identifier: MIT */
/*
 * profile: probes by time.  profile-N fires on every CPU (perf's cpu-clock), tick-N once for the
 * whole machine (a timer, which fires on idle machines too).  N is a rate in hertz, or a period
 * with one of D's units.  At profile-N, arg0 is the kernel's program counter and arg1 the user's;
 * the one that was not interrupted is 0.  At tick-N both are 0.
 */
#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <sys/dtrace.h>
#include "attach/perf_clock.h"
#include "attach/timer.h"
#include "lower/hooks.h"
#include "providers/arch.h"
#include "providers/providers.h"

#define FIRST_ID      10
#define NS_PER_SEC    1000000000ULL
#define PERIOD_MIN_NS 10000ULL /* the kernel's own limit of the cpu-clock event */
#define PERIOD_MAX_NS (INT64_MAX / 2)

static const struct dt_target *clock_target(uint64_t period_ns, struct dt_arena *arena)
{
	struct dt_perf_clock_target *clock = dt_arena_new_obj(arena, struct dt_perf_clock_target);

	if (!clock)
		return NULL;
	*clock = (struct dt_perf_clock_target){ { &dt_mech_perf_clock }, period_ns, .cpu = -1 };
	return &clock->target;
}

static const struct dt_target *timer_target(uint64_t period_ns, struct dt_arena *arena)
{
	struct dt_timer_target *timer = dt_arena_new_obj(arena, struct dt_timer_target);

	if (!timer)
		return NULL;
	*timer = (struct dt_timer_target){ { &dt_mech_timer }, period_ns };
	return &timer->target;
}

static const struct kind {
	const char *prefix;
	const struct dt_mech_ops *mech;
	const struct dt_target *(*target)(uint64_t period_ns, struct dt_arena *arena);
	bool has_pc;
	bool is_once; /* for the machine, whoever runs */
} kinds[] = {
	{ "profile-", &dt_mech_perf_clock, clock_target, true, false },
	{ "tick-", &dt_mech_timer, timer_target, false, true },
};

/* The probes that a listing shows; any other is made when a description names it. */
static const char *const listed[] = {
	"profile-97",   "profile-199",  "profile-499", "profile-997", "profile-1999",
	"profile-4001", "profile-4999", "tick-1",      "tick-10",     "tick-100",
	"tick-500",     "tick-1000",    "tick-5000",
};

static const struct {
	const char *name;
	uint64_t ns; /* 0: a rate */
} units[] = {
	{ "", 0 },
	{ "hz", 0 },
	{ "ns", 1 },
	{ "nsec", 1 },
	{ "us", 1000 },
	{ "usec", 1000 },
	{ "ms", 1000000 },
	{ "msec", 1000000 },
	{ "s", NS_PER_SEC },
	{ "sec", NS_PER_SEC },
	{ "m", 60 * NS_PER_SEC },
	{ "min", 60 * NS_PER_SEC },
	{ "h", 3600 * NS_PER_SEC },
	{ "hour", 3600 * NS_PER_SEC },
	{ "d", 86400 * NS_PER_SEC },
	{ "day", 86400 * NS_PER_SEC },
};

struct rate {
	const struct kind *kind;
	uint64_t period_ns;
};

/* "997", "100ms" -> a period; 0: neither, or not within the kernel's limits. */
static uint64_t parse_period(const char *text)
{
	uint64_t n = 0, ns;

	if (!isdigit((unsigned char)*text))
		return 0;
	for (; isdigit((unsigned char)*text); text++)
		if (__builtin_mul_overflow(n, 10, &n) ||
		    __builtin_add_overflow(n, (uint64_t)(*text - '0'), &n))
			return 0;
	for (size_t i = 0; i < ARRAY_SIZE(units); i++) {
		if (strcasecmp(text, units[i].name))
			continue;
		if (!n || __builtin_mul_overflow(n, units[i].ns, &ns))
			return 0;
		ns = units[i].ns ? ns : NS_PER_SEC / n;
		return ns >= PERIOD_MIN_NS && ns <= PERIOD_MAX_NS ? ns : 0;
	}
	return 0;
}

static bool parse(const char *name, struct rate *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		size_t len = strlen(kinds[i].prefix);

		if (strncmp(name, kinds[i].prefix, len))
			continue;
		*out = (struct rate){ &kinds[i], parse_period(name + len) };
		return out->period_ns;
	}
	return false;
}

static int report_probe(struct dt_provider *prov, uint32_t id, const char *name, dt_probe_fn fn,
			void *arg)
{
	struct dt_probe *probe;
	struct rate rate;

	if (!parse(name, &rate))
		return 0;
	probe = dt_probe_make(prov, id, "profile", "", "", name);
	if (!probe)
		return -ENOMEM;
	probe->ndx = rate.period_ns;
	probe->data = (void *)rate.kind;
	return fn ? fn(probe, arg) : 0;
}

static int provide(struct dt_provider *prov, const struct dt_pdesc *desc, dt_probe_fn fn, void *arg)
{
	int err = 0;

	if (!dt_glob(desc->mod, "") || !dt_glob(desc->func, ""))
		return 0;
	for (uint32_t i = 0; !err && i < ARRAY_SIZE(listed); i++) {
		if (dt_glob_is_plain(desc->name) && !strcmp(desc->name, listed[i]))
			return report_probe(prov, FIRST_ID + i, listed[i], fn, arg);
		if (dt_glob(desc->name, listed[i]))
			err = report_probe(prov, FIRST_ID + i, listed[i], fn, arg);
	}
	if (!err && dt_glob_is_plain(desc->name))
		err = report_probe(prov, 0, desc->name, fn, arg);
	return err;
}

static struct dt_probe *by_id(struct dt_provider *prov, uint32_t id)
{
	report_probe(prov, id, listed[id - FIRST_ID], NULL, NULL);
	return dt_table_get(&prov->probes->by_id, &id, sizeof(id));
}

/* The consumer fires ticks where the kernel cannot. */
static bool offered(struct dt_provider *prov, struct dt_strbuf *lacks)
{
	dt_provider_has(prov, DT_BPF_HAS_PERF_CLOCK, lacks);
	return true;
}

static int point(struct dt_provider *prov DT_UNUSED, const struct dt_probe *probe,
		 struct dt_point_key *key)
{
	const struct kind *kind = probe->data;

	key->mech = kind->mech;
	key->key = probe->name;
	key->has_no_process = kind->is_once;
	return 0;
}

static int target(struct dt_provider *prov DT_UNUSED, const struct dt_point_key *key DT_UNUSED,
		  struct dt_probe *const *probes, uint32_t nprobes DT_UNUSED,
		  struct dt_arena *arena, const struct dt_target **out)
{
	const struct kind *kind = probes[0]->data;

	*out = kind->target(probes[0]->ndx, arena);
	return *out ? 0 : -ENOMEM;
}

/* struct bpf_perf_event_data begins with the interrupted registers. */
static uint32_t emit_arg(struct dt_cg *cg, uint32_t n)
{
	const struct kind *kind = cg->point->probes[0]->data;
	dt_label done;
	dt_vreg pc, mode;

	if (!kind->has_pc || n > 1 || !dt_arch.mode_mask)
		return dt_ir_const(&cg->ir, 0);
	pc = dt_ir_new(&cg->ir);
	done = dt_ir_label(&cg->ir);
	mode = dt_ir_bini(&cg->ir, DT_IR_AND, dt_ir_ld(&cg->ir, dt_cg_ctx(cg), dt_arch.mode, 8),
			  dt_arch.mode_mask);
	dt_ir_seti(&cg->ir, pc, 0);
	dt_ir_jcci(&cg->ir, n == 0 ? DT_IR_JNE : DT_IR_JEQ, mode, 0, done);
	dt_ir_set(&cg->ir, pc, dt_ir_ld(&cg->ir, dt_cg_ctx(cg), dt_arch.ip, 8));
	dt_ir_place(&cg->ir, done);
	return pc;
}

const struct dt_provider_ops dt_provider_profile = {
	.name = "profile",
	.attr = { DT_ATTR(UNSTABLE, UNSTABLE, COMMON), DT_ATTR(PRIVATE, PRIVATE, UNKNOWN),
		  DT_ATTR(PRIVATE, PRIVATE, UNKNOWN), DT_ATTR(UNSTABLE, UNSTABLE, COMMON),
		  DT_ATTR(PRIVATE, PRIVATE, UNKNOWN) },
	.first_id = FIRST_ID,
	.nids = ARRAY_SIZE(listed),
	.doc = "Probes by time: profile-N on every CPU, tick-N once for the machine.",
	.provide = provide,
	.offered = offered,
	.by_id = by_id,
	.point = point,
	.target = target,
	.emit_arg = emit_arg,
};
