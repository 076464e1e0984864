/* SPDX-License-Identifier: MIT */
/*
 * The probe table of a handle: which providers there are, and which probes match a description.
 * api/ makes it, check/ and the listing match descriptions against it, providers add to it.
 *
 * Probes are made lazily: a provider is asked only when a description may name it, and makes only
 * the probes that match.  A probe that has been made stays, at the same address, until the handle
 * is closed.  Its id is the same in every process where its provider owns a range of ids
 * (contract/provider.h).
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

/* What a probe means to a run, so that no room compares names. */
enum dt_role { DT_ROLE_NONE, DT_ROLE_BEGIN, DT_ROLE_END, DT_ROLE_ERROR };

struct dt_probe {
	uint32_t id;
	enum dt_role role;
	struct dt_provider *provider;
	const char *prov, *mod, *func, *name; /* prov: "pid1234", "profile" */
	uint64_t ndx; /* for the provider: a system call's number, an offset */
	void *data;   /* for the provider; in the table's arena, or NULL */
};

/* The rooms below that providers may ask.  Each fills its tables when first asked. */
struct dt_env {
	struct dt_bpf *bpf;
	struct dt_types *types;
	struct dt_ksyms *ksyms;
	struct dt_objects *objects;
	struct dt_usyms *usyms;
	int returns; /* the option: how the pid provider finds returns (providers/unwinding.h) */
};

struct dt_provider {
	const struct dt_provider_ops *ops;
	struct dt_probes *probes; /* the table that the provider belongs to */
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
	struct dt_strbuf key;     /* scratch: the name being looked up */
	struct dt_strbuf why;     /* a sentence about the last failure, where a provider had one */
	const char *
		why_tag; /* its D tag ("D_PROC_GRAB"): it is then the program's error; NULL: none */
};

int dt_probes_init(struct dt_probes *p, const struct dt_env *env,
		   const struct dt_provider_ops *const *all, size_t n);
void dt_probes_free(struct dt_probes *p);

/*
 * Calls FN for every probe that matches, in rising order of ids.  A result of FN other than 0 ends
 * the walk and is returned.  *N (which may be NULL) is how many match.  Returns 0, -EDT_BADPGLOB,
 * -ENOMEM, or the error of a provider, which p->why explains.
 */
int dt_probes_match(struct dt_probes *p, const struct dt_pdesc *desc, dt_probe_fn fn, void *arg,
		    uint32_t *n);
struct dt_probe *dt_probes_by_id(struct dt_probes *p, uint32_t id); /* NULL: no such probe */

/*
 * Appends to OUT one sentence that says which field of DESC matches nothing and which names come
 * near it: no provider is called "sycall"; did you mean "syscall"?  Appends nothing if there is
 * nothing to say.
 */
void dt_probes_explain(struct dt_probes *p, const struct dt_pdesc *desc, struct dt_strbuf *out);

/* Where DESC is written as in another tool, or without a colon, appends D's spelling to OUT: in D
 * that is fbt::vfs_read:entry.  False: it is not. */
bool dt_probes_habit(struct dt_probes *p, const struct dt_pdesc *desc, struct dt_strbuf *out);

/* For providers: the probe of that name, made if it is new.  ID 0: the next dynamic one.  NULL: out
 * of memory. */
struct dt_probe *dt_probe_make(struct dt_provider *prov, uint32_t id, const char *provname,
			       const char *mod, const char *func, const char *name);
/* Does NAME match the glob PATTERN (* ? [a-z] [!x] \)? "" matches anything. */
bool dt_glob(const char *pattern, const char *name);
bool dt_glob_is_plain(const char *pattern); /* not empty and without metacharacters: one name */

#endif
