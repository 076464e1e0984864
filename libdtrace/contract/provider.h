/* SPDX-License-Identifier: MIT */
/*
 * What a provider is: a family of probes that are found, attached and read in the same way, such as
 * the entries and returns of system calls, the kernel's tracepoints, or the functions of a process.
 * A provider is one file that fills in struct dt_provider_ops.  The other rooms reach it through
 * this structure alone; none of them knows its name.
 *
 * The functions in the order in which a script meets them:
 *
 *	answers, provide     A description is matched.  The provider makes the probes that match,
 *	                     and no others: what no script names costs nothing.
 *	args                 The checker asks for the types of args[].
 *	point                Where is the probe attached?  The answer is a mechanism and a key.
 *	                     Probes that give the same mechanism and key share one attach point,
 *	                     and so one BPF program: the entries of all system calls do.
 *	target               Once per point: what its mechanism needs to know to attach it.
 *	emit_find            Code in the point's program: which of its probes has fired?
 *	emit_arg, ...        Code in the clauses: the probe's arguments, and errno.
 *
 * probe/ calls the first group, check/ args, lower/ the rest.  Code is written with the functions
 * of lower/hooks.h.
 *
 * To add a provider NAME:
 *
 *	libdtrace/providers/NAME.c           dt_provider_NAME and its functions
 *	libdtrace/providers/meson.build      NAME in the list, one line
 *	test/d/providers/tst.NAME-*          cases
 *	doc/providers.md                     a section "## NAME"
 *
 * test/recipes/run follows this recipe with a toy.  A provider whose probes keep their ids from run
 * to run takes a range that no other has (first_id, nids); test/unit/providers.c checks that.
 */
#ifndef DT_CONTRACT_PROVIDER_H
#define DT_CONTRACT_PROVIDER_H

#include <stdbool.h>
#include <stdint.h>
#include "base/attr.h"

struct dt_cg;
struct dt_pdesc;
struct dt_probe;
struct dt_strbuf;
struct dt_provider;
struct dt_mech_ops;
struct dt_target;
struct dt_type;
struct dt_arena;

/* Called for each probe of a walk; a result other than 0 ends the walk and is returned. */
typedef int (*dt_probe_fn)(struct dt_probe *probe, void *arg);

/* One element of args[]: an argN with a type. */
struct dt_arg {
	const struct dt_type *type; /* of argN */
	/* Not NULL: args[n] has this type ("psinfo_t *"), which a translator (dlib/) makes of argN.
	 * It is text, since a type of a library costs nothing until a program uses it. */
	const char *translated;
	const char *name; /* in the kernel's declaration ("prev"); NULL: not known */
	uint8_t argn;     /* N */
	bool is_user;     /* a pointer to user memory */
	/* A pointer that the kernel guarantees when it is not NULL (tp_btf, fentry). */
	bool is_trusted;
};

#define DT_MAX_ARGS 16
struct dt_args {
	struct dt_arg arg[DT_MAX_ARGS];
	uint32_t n;
};

/* An attach point: probes of one provider with the same mechanism and key are attached together. */
struct dt_point_key {
	const struct dt_mech_ops *mech;
	const char *key; /* "sys_enter", "profile-997", "1234 /lib/libc.so.6"; lives as long as the
			    probe table */
	/* Its probes are about the machine and not about the process that happens to run: the
	 * filters of processes (lower/filter.h) do not hold. */
	bool has_no_process;
};

struct dt_provider_ops {
	const char *name;        /* "syscall"; of pid1234: "pid" */
	struct dt_attr attr[5];  /* of provider, module, function, name, arguments */
	uint32_t first_id, nids; /* the range of its probes' ids; nids 0: dynamic ids only */
	const char *doc;         /* one sentence for the manual */
	/* What flowindent shows before its entries and returns; NULL: " -> " and " <- ". */
	const char *entry_arrow, *return_arrow;

	const void *table; /* for functions that several providers share: the provider's rows */

	/* Makes prov->priv when a handle is opened; touches no file.  NULL: no state. */
	int (*init)(struct dt_provider *prov);
	void (*free)(struct dt_provider *prov); /* NULL: nothing to free */
	/* Whether a description with this provider field (a glob) may mean probes of this provider.
	 * NULL: it may if the glob matches its name. */
	bool (*answers)(const char *pattern);
	/*
	 * Makes the probes that match DESC, with dt_probe_make(), which finds those that exist
	 * already, and calls FN for each.  Returns 0, FN's result, or -errno; prov->probes->why may
	 * then say more.
	 */
	int (*provide)(struct dt_provider *prov, const struct dt_pdesc *desc, dt_probe_fn fn,
		       void *arg);
	/* The probe with this id of its range; NULL: there is none. */
	struct dt_probe *(*by_id)(struct dt_provider *prov, uint32_t id);
	/* The types of a probe's args[].  0 or -errno.  NULL: probes have no args[]. */
	int (*args)(struct dt_provider *prov, const struct dt_probe *probe, struct dt_args *out);

	/* Whether this kernel has any of the provider's probes.  LACKS: what it lacks that the
	 * others need, as part of a sentence ("kprobes"); stays empty if there are no others.
	 * NULL: every kernel has them all. */
	bool (*offered)(struct dt_provider *prov, struct dt_strbuf *lacks);

	/* Where the probe is attached.  0, or -errno; prov->probes->why may then say more, for
	 * example which kernel feature is missing. */
	int (*point)(struct dt_provider *prov, const struct dt_probe *probe,
		     struct dt_point_key *key);
	/*
	 * Where the point's mechanism attaches its program: the mechanism's own structure, from
	 * ARENA, filled in from the point's probes in order.  NULL: the mechanism needs no such
	 * structure.
	 */
	int (*target)(struct dt_provider *prov, const struct dt_point_key *key,
		      struct dt_probe *const *probes, uint32_t nprobes, struct dt_arena *arena,
		      const struct dt_target **out);

	/*
	 * Hidden probes that this one needs: the one with number N; NULL: there are no more.  They
	 * are attached before it, as if a clause had enabled them.  They have none: what their
	 * emit_find does is all of their program.  NULL: no probe has any.
	 */
	struct dt_probe *(*companion)(struct dt_provider *prov, const struct dt_probe *probe,
				      uint32_t n);
	/* Bytes of memory, at first zero, that all programs of the provider's points share
	 * (dt_cg_notes()). */
	uint32_t notes_bytes;

	/*
	 * Code in the point's program: which of its probes fires?  Returns a register with the
	 * probe's index in cg->point->probes; jumps to NONE if it is none of them.  NULL where a
	 * point has one probe and every event is meant.
	 */
	uint32_t (*emit_find)(struct dt_cg *cg, uint32_t none);
	/* Code in a clause: argN as a 64-bit number, 0 if the probe has no such argument; or, with
	 * a mechanism that is typed, as the pointer that the verifier knows.  NULL: always 0. */
	uint32_t (*emit_arg)(struct dt_cg *cg, uint32_t n);
	/* Code in a clause: D's errno.  NULL: always 0. */
	uint32_t (*emit_errno)(struct dt_cg *cg);
	/*
	 * Whether the task that the probe is about, whose are pid, execname, self-> and their like,
	 * is not the one that runs; a point's probes agree in it.  NULL: it always is.
	 */
	bool (*is_elsewhere)(const struct dt_probe *probe);
	/* Code in a clause of such a probe: its task, as a pointer that the verifier trusts. */
	uint32_t (*emit_task)(struct dt_cg *cg);
	/*
	 * Code in a clause: the return address of the traced user function where the kernel's walk
	 * by frame pointers would miss it, since the function has not set up its frame yet or has
	 * taken it down.  A register that is 0 at other probes; no register (0) if the walk is
	 * right at every probe of the point.  NULL: always right.
	 */
	uint32_t (*emit_caller)(struct dt_cg *cg);
};

#endif
