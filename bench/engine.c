/* SPDX-License-Identifier: MIT */
/* libdtrace as a client uses it: loading it, and one script's run.  engine.h explains it. */
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "engine.h"

int engine_load(struct engine *engine, const char *path)
{
	void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);

	if (!library) {
		fprintf(stderr, "bench: %s\n", dlerror());
		return -1;
	}
#define ENGINE_LOOKUP(name)                                              \
	engine->name = (__typeof__(name) *)dlsym(library, #name);        \
	if (!engine->name) {                                             \
		fprintf(stderr, "bench: %s has no " #name "()\n", path); \
		return -1;                                               \
	}
	ENGINE_FUNCTIONS(ENGINE_LOOKUP)
#undef ENGINE_LOOKUP
	return 0;
}

static int on_drop(const dtrace_dropdata_t *drop, void *arg)
{
	struct engine_run *run = arg;

	run->drops += drop->dtdda_drops;
	return DTRACE_HANDLE_OK;
}

static int on_text(const dtrace_bufdata_t *text, void *arg)
{
	(void)text;
	(void)arg;
	return DTRACE_HANDLE_OK;
}

static int on_firing(const dtrace_probedata_t *data, void *arg)
{
	(void)data;
	((struct engine_run *)arg)->firings++;
	return DTRACE_CONSUME_THIS;
}

/* Returning NEXT means that the client uses the values itself and wants nothing printed. */
static int on_datum(const dtrace_probedata_t *data, const dtrace_recdesc_t *rec, void *arg)
{
	(void)data;
	if (rec)
		((struct engine_run *)arg)->data++;
	return DTRACE_CONSUME_NEXT;
}

static int on_entry(const dtrace_aggdata_t *agg, void *arg)
{
	const dtrace_recdesc_t *value =
		&agg->dtada_desc->dtagd_rec[agg->dtada_desc->dtagd_nrecs - 1];

	for (uint32_t i = 0; i < value->dtrd_size / 8; i++) {
		int64_t word;

		memcpy(&word, agg->dtada_data + value->dtrd_offset + 8 * i, sizeof(word));
		((struct engine_run *)arg)->total += (uint64_t)word;
	}
	return DTRACE_AGGWALK_NEXT;
}

static int fail(struct engine_run *run, const char *what)
{
	const struct engine *e = run->engine;

	fprintf(stderr, "bench: %s: %s\n", what,
		e->dtrace_errmsg(run->dtp, e->dtrace_errno(run->dtp)));
	e->dtrace_close(run->dtp);
	run->dtp = NULL;
	return -1;
}

int engine_start(struct engine_run *run, const struct engine *engine, const char *script,
		 const char *bufsize)
{
	dtrace_prog_t *program;
	int error = 0;

	memset(run, 0, sizeof(*run));
	run->engine = engine;
	run->dtp = engine->dtrace_open(DTRACE_VERSION, 0, &error);
	if (!run->dtp) {
		fprintf(stderr, "bench: dtrace_open: %s\n", engine->dtrace_errmsg(NULL, error));
		return -1;
	}
	if (engine->dtrace_setopt(run->dtp, "bufsize", bufsize) ||
	    engine->dtrace_setopt(run->dtp, "aggsize", "4m") ||
	    engine->dtrace_setopt(run->dtp, "switchrate", "1ms") ||
	    engine->dtrace_handle_drop(run->dtp, on_drop, run) ||
	    engine->dtrace_handle_buffered(run->dtp, on_text, run))
		return fail(run, "options");
	program = engine->dtrace_program_strcompile(run->dtp, script, DTRACE_PROBESPEC_NAME, 0, 0,
						    NULL);
	if (!program)
		return fail(run, script);
	if (engine->dtrace_program_exec(run->dtp, program, NULL))
		return fail(run, "dtrace_program_exec");
	if (engine->dtrace_go(run->dtp))
		return fail(run, "dtrace_go");
	return 0;
}

dtrace_workstatus_t engine_work(struct engine_run *run)
{
	return run->engine->dtrace_work(run->dtp, NULL, on_firing, on_datum, run);
}

void engine_end(struct engine_run *run)
{
	if (!run->dtp)
		return;
	run->engine->dtrace_stop(run->dtp);
	while (engine_work(run) == DTRACE_WORKSTATUS_OKAY)
		;
	run->engine->dtrace_aggregate_snap(run->dtp);
	run->engine->dtrace_aggregate_walk(run->dtp, on_entry, run);
	run->engine->dtrace_close(run->dtp);
	run->dtp = NULL;
}
