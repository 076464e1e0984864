/* SPDX-License-Identifier: MIT */
/*
 * Sites: where in the files of a process the probes of a provider of user code lie.  A site is a
 * probe's data (probe->data).  All sites of one attach point are one attachment, in which cookies
 * tell them apart.
 */
#ifndef DT_PROVIDERS_SITE_H
#define DT_PROVIDERS_SITE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include "contract/provider.h"
#include "lower/hooks.h"
#include "providers/exits.h"
#include "symbols/symbols.h"

struct dt_site {
	const char *path; /* of the file, as this process can open it */
	const char *key;  /* of its attach point: "PID PATH" */
	uint64_t offset;  /* in the file */
	pid_t pid;
	bool is_return;
	const struct dt_exits *exits; /* of a return that is caught where the function leaves */
};

/* So many uncertain exits can an attachment tell apart. */
#define DT_SITE_MAX_UNCERTAIN 4095

/* How many of the exits leave the function only sometimes. */
uint32_t dt_exits_count_uncertain(const struct dt_exits *exits);

/* The provider's hooks of these names (contract/provider.h), for probes whose data are sites. */
int dt_site_point(struct dt_provider *prov, const struct dt_probe *probe, struct dt_point_key *key);
int dt_site_target(struct dt_provider *prov, const struct dt_point_key *key,
		   struct dt_probe *const *probes, uint32_t nprobes, struct dt_arena *arena,
		   const struct dt_target **out);
uint32_t dt_site_emit_find(struct dt_cg *cg, uint32_t none);

/* The cookie of the site that fires: its probe's place among the point's in the lowest
 * DT_COOKIE_PROBE_BITS, what the provider wants above. */
dt_vreg dt_site_emit_cookie(struct dt_cg *cg);

/* At a function's exit, the offset of the instruction in the function. */
dt_vreg dt_site_emit_exit_offset(struct dt_cg *cg);

/*
 * The return address of the function that a point's sites are in, read from the stack where its
 * first instructions say that it lies; 0 where that is not known.  OBJECTS are those of the
 * process.  The kernel's own walk of user stacks misses that frame, since no frame pointer leads to
 * it yet.
 */
dt_vreg dt_site_emit_caller(struct dt_cg *cg, struct dt_objects *objects);

#endif
