/* SPDX-License-Identifier: MIT */
/*
 * What all parts of a consumer share: what the run lends to it, the client's handlers, and where an
 * error is left.  Every part has a state of its own (struct dt_epids, dt_aggs, dt_rings ...) with a
 * pointer to this one; the context knows none of them.
 *
 * Functions return 0 or -1 with con->err set (an errno or EDT_*), unless they say otherwise.
 */
#ifndef DT_CONSUME_CONTEXT_H
#define DT_CONSUME_CONTEXT_H

#include <dtrace.h>
#include <dtrace_linux.h>
#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/errno.h"
#include "base/util.h"
#include "consume/client.h"
#include "contract/record.h"

struct dt_ksyms;
struct dt_types;
struct dt_usyms;

/* Where names of addresses come from. NULL: addresses stay numbers. */
struct dt_addr_names {
	struct dt_ksyms *ksyms;
	struct dt_usyms *usyms;
	bool stack_addresses; /* in stacks addresses stay numbers */
};

struct dt_con {
	/* lent until the consumer is freed */
	dtrace_hdl_t *hdl; /* an address, put where the public structures show it */
	const struct dt_run_layout *layout;
	struct dt_state *state; /* mapped */
	struct dt_types *types;
	struct dt_addr_names names;
	pid_t target;                   /* whose addresses %A means; 0: none */
	const dtrace_optval_t *options; /* DTRACEOPT_MAX, live */
	struct dt_consume_flags flags;
	struct dt_consume_handlers handlers;

	/* owned */
	struct dt_arena *arena; /* of descriptions, which live as long as the consumer */
	int err;
};

static inline int dt_con_error(struct dt_con *con, int err)
{
	con->err = err;
	return -1;
}

static inline bool dt_con_has(const struct dt_con *con, int opt)
{
	return con->options[opt] != DTRACEOPT_UNSET;
}

static inline int64_t dt_con_opt(const struct dt_con *con, int opt, int64_t otherwise)
{
	return dt_con_has(con, opt) ? con->options[opt] : otherwise;
}

/* A constant string by its offset (STRID). */
static inline const char *dt_con_string(const struct dt_con *con, uint64_t id)
{
	return id < con->layout->strings.len ? con->layout->strings.s + id : "";
}

/* One CPU's counter of a cause of loss; programs add to it meanwhile. */
static inline uint64_t *dt_con_counter(const struct dt_con *con, int cpu, enum dt_drop cause)
{
	char *counters = (char *)con->state + con->layout->counters_off +
			 (size_t)cpu * DT_COUNTER_STRIDE;

	return (uint64_t *)counters + cause;
}

#endif
