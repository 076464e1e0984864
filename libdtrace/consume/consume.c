/* SPDX-License-Identifier: MIT */
/* The life of a struct dt_consume: made by dtrace_go, freed with the run. */
#include <string.h>
#include "consume/aggs.h"
#include "consume/internal.h"

int dt_con_error(struct dt_consume *con, int err)
{
	con->err = err;
	return -1;
}

int dt_consume_err(const struct dt_consume *con)
{
	return con->err;
}

uint64_t dt_consume_nrecords(const struct dt_consume *con)
{
	return con->nrecords;
}

static bool allocate(struct dt_consume *con)
{
	con->arena = dt_arena_new();
	con->clauses = calloc(con->layout->clauses.n + 1, sizeof(*con->clauses));
	con->epids = calloc(con->nepids, sizeof(*con->epids));
	con->seen = calloc((size_t)con->layout->ncpus * DT_DROP_COUNT + 1, sizeof(*con->seen));
	con->ends = calloc((size_t)con->nrings + 1, sizeof(*con->ends));
	return con->arena && con->clauses && con->epids && con->seen && con->ends &&
	       dt_aggs_init(con);
}

struct dt_consume *dt_consume_new(const struct dt_consume_init *init)
{
	struct dt_consume *con = calloc(1, sizeof(*con));

	if (!con)
		return NULL;
	con->hdl = init->hdl;
	con->layout = init->layout;
	con->bpf = init->bpf;
	con->types = init->types;
	con->texts = (struct dt_texts){ init->ksyms, init->usyms };
	con->target = init->target;
	con->state = init->state;
	con->rings = init->rings;
	con->nrings = init->nrings;
	con->end_ring = init->end_ring;
	con->map_fds = init->map_fds;
	con->options = init->options;
	con->flags = init->flags;
	con->setopt = init->setopt;
	con->out.con = con;
	con->begin_cpu = con->end_cpu = -1;
	con->freopen_fd = -1;
	con->nepids = con->layout->nepids + 1;
	if (!allocate(con)) {
		dt_consume_free(con);
		return NULL;
	}
	return con;
}

void dt_consume_free(struct dt_consume *con)
{
	if (!con)
		return;
	for (size_t i = 0; con->clauses && i < con->layout->clauses.n; i++) {
		free(con->clauses[i].buf);
		free(con->clauses[i].steps);
		free(con->clauses[i].epid);
	}
	dt_spec_free(con);
	dt_aggs_fini(con);
	dt_table_free(&con->type_names);
	dt_strbuf_free(&con->out.text);
	dt_arena_free(con->arena);
	free(con->clauses);
	free(con->epids);
	free(con->seen);
	free(con->ends);
	if (con->freopen_fd >= 0)
		close(con->freopen_fd);
	free(con);
}

void dt_consume_set_handlers(struct dt_consume *con, const struct dt_consume_handlers *handlers)
{
	con->handlers = *handlers;
}

void dt_consume_set_cpus(struct dt_consume *con, int begin_cpu, int end_cpu)
{
	con->begin_cpu = begin_cpu;
	con->end_cpu = end_cpu;
}
