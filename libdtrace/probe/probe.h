/* SPDX-License-Identifier: MIT */
/*
 * The probe table of a handle: which providers there are, which probes match a description.  Probes
 * are made lazily: a provider is asked only when a description may name it, and makes only the
 * probes that match.  Once made, a probe stays (same pointer) until the handle is closed.
 *
 * Ids are the same in every process: each provider owns a range (provider.h).
 */
#ifndef DT_PROBE_PROBE_H
#define DT_PROBE_PROBE_H

#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/strbuf.h"
#include "base/table.h"
#include "base/vec.h"
#include "contract/provider.h"
#include "probe/pdesc.h"

struct dt_provider;
struct dt_bpf;
struct dt_types;
struct dt_ksyms;
struct dt_objects;
struct dt_usyms;

/* The role of a probe in the life of a run, so that nobody compares names. */
enum dt_role { DT_ROLE_NONE, DT_ROLE_BEGIN, DT_ROLE_END, DT_ROLE_ERROR };

struct dt_probe {
	uint32_t id;
	enum dt_role role;
	struct dt_provider *provider;
	const char *prov, *mod, *func, *name; /* prov: "pid1234", "profile" */
	uint64_t ndx; /* the provider's: a system call's number, an offset */
	void *data;   /* the provider's, in the table's arena; or NULL */
};

/* What providers may use of the handle; all lazily filled by their rooms. */
struct dt_env {
	struct dt_bpf *bpf;
	struct dt_types *types;
	struct dt_ksyms *ksyms;
	struct dt_objects *objects;
	struct dt_usyms *usyms;
};

struct dt_provider {
	const struct dt_provider_ops *ops;
	struct dt_probes *probes; /* the table that it is in */
	const struct dt_env *env;
	void *priv; /* the provider's own state; ops->free frees it */
};

struct dt_probes {
	struct dt_arena *arena; /* probes and their names */
	const struct dt_env *env;
	DT_VEC(struct dt_provider *) providers;
	struct dt_table by_id;    /* u32 -> struct dt_probe * */
	struct dt_table by_name;  /* "prov:mod:func:name" -> struct dt_probe * */
	uint32_t next_dynamic_id; /* for probes made on demand (pid, profile-N) */
	struct dt_strbuf why;     /* a sentence about the last failure, where a provider had one */
	const char *
		why_tag; /* its D tag ("D_PROC_GRAB"): it is then the program's error; NULL: none */
};

int dt_probes_init(struct dt_probes *p, const struct dt_env *env,
		   const struct dt_provider_ops *const *all, size_t n);
void dt_probes_free(struct dt_probes *p);

/*
 * Calls FN for every probe that matches, in rising id; FN's non-zero result ends the walk and comes
 * back. *N (may be NULL): how many matched.  0, -EDT_BADPGLOB, -ENOMEM, or what a provider met
 * (p->why tells).
 */
int dt_probes_match(struct dt_probes *p, const struct dt_pdesc *desc, dt_probe_fn fn, void *arg,
		    uint32_t *n);
struct dt_probe *dt_probes_by_id(struct dt_probes *p, uint32_t id); /* NULL: no such probe */

/*
 * Which field of DESC it is that matches nothing, and the nearest names that exist there: one
 * sentence into OUT
 * ("no provider is called \"sycall\"; did you mean \"syscall\"?"). Nothing is appended when there
 * is nothing to say.
 */
void dt_probes_explain(struct dt_probes *p, const struct dt_pdesc *desc, struct dt_strbuf *out);

/* For providers: the probe of that name, made when it is new. ID 0: the next dynamic one. NULL: out
 * of memory. */
struct dt_probe *dt_probe_make(struct dt_provider *prov, uint32_t id, const char *provname,
			       const char *mod, const char *func, const char *name);
/* Does NAME match the glob PATTERN (* ? [a-z] [!x] \)? "" matches anything. */
bool dt_glob(const char *pattern, const char *name);
bool dt_glob_is_plain(const char *pattern); /* not empty and without metacharacters: one name */

#endif
