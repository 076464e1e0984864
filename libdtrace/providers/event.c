/* SPDX-License-Identifier: MIT */
/* Probes at the kernel's tracepoints: event.h says what a provider of them is. */
#include <errno.h>
#include <string.h>
#include "attach/perf_clock.h"
#include "attach/raw_tp.h"
#include "providers/event.h"
#include "types/types.h"

#define MODULE "vmlinux"

static const struct dt_events *table_of(const struct dt_provider *prov)
{
	return prov->ops->table;
}

static const struct dt_event *row_of(const struct dt_probe *probe)
{
	return probe->data;
}

static uint32_t nargs(const struct dt_event *row)
{
	uint32_t n = 0;

	while (row->args && row->args[n].type)
		n++;
	return n;
}

/* ---- which probes there are ---- */

/* How many of the tracepoint's arguments the probe's are made of. */
static uint32_t nwords(const struct dt_event *row)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < nargs(row); i++)
		if (!row->args[i].emit)
			n = DT_MAX(n, row->args[i].word + 1u);
	return n;
}

/* An older kernel's tracepoint may have fewer arguments. */
static bool exists(const struct dt_provider *prov, const struct dt_event *row)
{
	struct dt_btf_target btf;
	size_t n = 0;

	if (row->refusal || row->software)
		return !row->refusal;
	if (!dt_types_tracepoint(prov->env->types, NULL, row->tracepoint, &btf))
		return false;
	dt_type_params(prov->env->types, btf.proto, &n);
	return n >= nwords(row);
}

static struct dt_probe *make(struct dt_provider *prov, uint32_t i)
{
	const struct dt_events *events = table_of(prov);
	const struct dt_event *row = &events->rows[i];
	struct dt_probe *probe = dt_probe_make(prov, events->first_id + i, events->provider, MODULE,
					       row->tracepoint, row->name);

	if (probe)
		probe->data = (void *)row;
	return probe;
}

/* Says what a probe that is asked for by name lacks here. */
static void explain(struct dt_provider *prov, const struct dt_pdesc *desc,
		    const struct dt_event *row)
{
	struct dt_strbuf *why = &prov->probes->why;
	struct dt_btf_target btf;
	bool is_short;

	if (why->len || !dt_glob_is_plain(desc->name) || !dt_glob_is_plain(desc->provider))
		return;
	dt_strbuf_printf(why, "%s:::%s ", table_of(prov)->provider, row->name);
	if (row->refusal) {
		dt_strbuf_puts(why, row->refusal);
		return;
	}
	is_short = dt_types_tracepoint(prov->env->types, NULL, row->tracepoint, &btf);
	dt_strbuf_printf(why,
			 "needs the tracepoint %s%s, which this kernel's type information does not "
			 "have",
			 row->tracepoint, is_short ? " with all its arguments" : "");
}

static bool matches(const struct dt_pdesc *desc, const struct dt_events *events,
		    const struct dt_event *row)
{
	const char *func = row->refusal ? "" : row->tracepoint;

	return dt_desc_matches(desc, events->provider, MODULE, func, row->name);
}

int dt_event_provide(struct dt_provider *prov, const struct dt_pdesc *desc, dt_probe_fn fn,
		     void *arg)
{
	const struct dt_events *events = table_of(prov);
	const struct dt_event *missing = NULL;
	bool found = false;

	for (uint32_t i = 0; i < events->n; i++) {
		const struct dt_event *row = &events->rows[i];
		struct dt_probe *probe;
		int err;

		if (row->is_hidden || !matches(desc, events, row))
			continue;
		if (!exists(prov, row)) {
			missing = row;
			continue;
		}
		found = true;
		probe = make(prov, i);
		err = probe ? fn(probe, arg) : -ENOMEM;
		if (err)
			return err;
	}
	if (missing && !found)
		explain(prov, desc, missing);
	return 0;
}

struct dt_probe *dt_event_by_id(struct dt_provider *prov, uint32_t id)
{
	uint32_t i = id - table_of(prov)->first_id;
	const struct dt_event *row = &table_of(prov)->rows[i];

	return !row->is_hidden && exists(prov, row) ? make(prov, i) : NULL;
}

bool dt_event_offered(struct dt_provider *prov, struct dt_strbuf *lacks)
{
	const struct dt_events *events = table_of(prov);
	const char *last = "";
	bool some = false;

	for (uint32_t i = 0; i < events->n; i++) {
		const struct dt_event *row = &events->rows[i];

		if (row->refusal)
			continue;
		if (exists(prov, row))
			some = true;
		else if (strcmp(row->tracepoint, last))
			dt_strbuf_printf(lacks, "%s%s", lacks->len ? ", " : "the tracepoints ",
					 row->tracepoint);
		last = row->tracepoint;
	}
	return some;
}

struct dt_probe *dt_event_companion(struct dt_provider *prov,
				    const struct dt_probe *probe DT_UNUSED, uint32_t n)
{
	const struct dt_events *events = table_of(prov);

	for (uint32_t i = 0; i < events->n; i++)
		if (events->rows[i].is_hidden && n-- == 0)
			return make(prov, i);
	return NULL;
}

/* ---- where they are attached ---- */

int dt_event_point(struct dt_provider *prov, const struct dt_probe *probe, struct dt_point_key *key)
{
	key->mech = row_of(probe)->software ? &dt_mech_perf_clock : &dt_mech_tp_btf;
	key->key = dt_arena_printf(prov->probes->arena, "%s %s", row_of(probe)->tracepoint,
				   probe->name);
	return key->key ? 0 : -ENOMEM;
}

static const struct dt_target *software_target(const struct dt_event *row, struct dt_arena *arena)
{
	struct dt_perf_clock_target *each = dt_arena_new_obj(arena, struct dt_perf_clock_target);

	if (!each)
		return NULL;
	*each = (struct dt_perf_clock_target){
		{ &dt_mech_perf_clock }, .period = 1, .cpu = -1, .event = row->software
	};
	return &each->target;
}

int dt_event_target(struct dt_provider *prov, const struct dt_point_key *key,
		    struct dt_probe *const *probes, uint32_t nprobes DT_UNUSED,
		    struct dt_arena *arena, const struct dt_target **out)
{
	const struct dt_event *row = row_of(probes[0]);

	*out = row->software ? software_target(row, arena)
			     : dt_tracepoint_target(prov, key->mech, row->tracepoint, arena);
	return *out ? 0 : -ENOMEM;
}

uint32_t dt_event_emit_find(struct dt_cg *cg, uint32_t none)
{
	const struct dt_event *row = row_of(cg->point->probes[0]);

	if (row->emit_when)
		row->emit_when(cg, none);
	return dt_ir_const(&cg->ir, 0);
}

/* ---- arguments ---- */

/* The kernel guarantees these among a tracepoint's arguments.  Other pointers may be anything: a
 * signal's information is NULL or a small number. */
static bool is_trusted(const struct dt_event_arg *a)
{
	static const char *const types[] = { "struct task_struct *", "struct request *",
					     "struct bio *" };

	for (size_t i = 0; !a->emit && i < ARRAY_SIZE(types); i++)
		if (strcmp(a->type, types[i]) == 0)
			return true;
	return false;
}

int dt_event_args(struct dt_provider *prov, const struct dt_probe *probe, struct dt_args *out)
{
	const struct dt_event *row = row_of(probe);

	*out = (struct dt_args){ .n = nargs(row) };
	for (uint32_t i = 0; i < out->n; i++) {
		const struct dt_event_arg *a = &row->args[i];

		out->arg[i] = (struct dt_arg){ .type = dt_types_parse(prov->env->types, a->type),
					       .translated = a->translated,
					       .argn = (uint8_t)i,
					       .is_user = a->is_user,
					       .is_trusted = is_trusted(a) };
		if (!out->arg[i].type)
			return -ENOENT;
	}
	return 0;
}

uint32_t dt_event_emit_arg(struct dt_cg *cg, uint32_t n)
{
	const struct dt_event *row = row_of(cg->point->probes[0]);
	const struct dt_event_arg *a;
	const struct dt_type *t;

	if (n >= nargs(row))
		return dt_ir_const(&cg->ir, 0);
	a = &row->args[n];
	if (a->emit)
		return a->emit(cg);
	t = dt_types_parse(cg->plan->env->types, a->type);
	return t ? dt_event_typed_word(cg, a->word, t) : dt_event_word(cg, a->word);
}

uint32_t dt_event_emit_errno(struct dt_cg *cg)
{
	const struct dt_event *row = row_of(cg->point->probes[0]);

	return row->emit_errno ? row->emit_errno(cg) : dt_ir_const(&cg->ir, 0);
}

bool dt_event_is_elsewhere(const struct dt_probe *probe)
{
	return row_of(probe)->emit_task != NULL;
}

uint32_t dt_event_emit_task(struct dt_cg *cg)
{
	return row_of(cg->point->probes[0])->emit_task(cg);
}
