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
 *	emit_arg, ...        Code in the clauses: the probe's arguments, errno, registers.
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

struct dt_cg;
struct dt_pdesc;
struct dt_probe;
struct dt_provider;
struct dt_val;
struct dt_mech_ops;
struct dt_target;
struct dt_type;
struct dt_arena;

/* What walks over probes call; anything but 0 ends the walk. */
typedef int (*dt_probe_fn)(struct dt_probe *probe, void *arg);

/* Stability of a name, DTRACE_STABILITY_ and DTRACE_CLASS_ values. */
struct dt_attr {
	uint8_t name, data, class;
};

/* One element of args[]. */
struct dt_arg {
	const struct dt_type *type;   /* what args[n] is */
	const struct dt_type *native; /* not NULL: argN is this, and args[n] its translation to
					 `type` (translators of dlib/) */
	uint8_t argn;                 /* it is argN, converted */
	bool is_user;                 /* a pointer into user memory */
	bool is_trusted; /* the kernel guarantees the pointer when it is not NULL (tp_btf, fentry)
			  */
};

#define DT_MAX_ARGS 16
struct dt_args {
	struct dt_arg arg[DT_MAX_ARGS];
	uint32_t n;
};

/* What the clauses of a point ask of it; point() may choose the mechanism by it. */
struct dt_point_use {
	bool args;  /* some argN or args[n] is read */
	bool stack; /* stack(), ustack(), caller */
};

/* An attach point: probes of one provider with the same mechanism and key are attached together. */
struct dt_point_key {
	const struct dt_mech_ops *mech;
	const char *key; /* "sys_enter", "profile-997", "1234 /lib/libc.so.6"; lives as long as the
			    probe table */
};

struct dt_provider_ops {
	const char *name;        /* "syscall"; of pid1234: "pid" */
	struct dt_attr attr[5];  /* provider, module, function, name, arguments */
	uint32_t first_id, nids; /* the range of its probes' ids; nids 0: dynamic ids only */
	const char *doc;         /* one sentence for the manual */
	/* What flowindent shows before its entries and returns; NULL: " -> " and " <- ". */
	const char *entry_arrow, *return_arrow;

	int (*init)(struct dt_provider *prov); /* cheap: touches no file. May be NULL. */
	void (*free)(struct dt_provider *prov);
	/* May a description with this provider field (a glob) mean probes of ours? NULL:
	 * dt_glob(pattern, name). */
	bool (*answers)(const char *pattern);
	/*
	 * Make the probes that match DESC (dt_probe_make; those that exist already are found again)
	 * and hand each to FN. 0, FN's result, or -errno with prov->probes->why telling more.
	 */
	int (*provide)(struct dt_provider *prov, const struct dt_pdesc *desc, dt_probe_fn fn,
		       void *arg);
	struct dt_probe *(*by_id)(struct dt_provider *prov,
				  uint32_t id); /* within its range; NULL: none */
	/* Types of args[] for one probe. NULL: none. 0 or -errno. */
	int (*args)(struct dt_provider *prov, const struct dt_probe *probe, struct dt_args *out);

	/* Where the probe is attached. 0 or -errno (why: a sentence, e.g. which kernel feature is
	 * missing). */
	int (*point)(struct dt_provider *prov, const struct dt_probe *probe,
		     const struct dt_point_use *use, struct dt_point_key *key);
	/*
	 * Where the point's mechanism attaches its program: the mechanism's own structure, from
	 * ARENA, filled in from the point's probes in order.  NULL: the mechanism needs nothing but
	 * itself.
	 */
	int (*target)(struct dt_provider *prov, const struct dt_point_key *key,
		      struct dt_probe *const *probes, uint32_t nprobes, struct dt_arena *arena,
		      const struct dt_target **out);

	/*
	 * Code in main: which of the point's probes fires?  Returns a register with its place in
	 * cg->point->probes (0..n-1); jumps to NONE when it is none of them.  NULL where each point
	 * has one probe; a point with one probe still needs the tests that keep foreign events out.
	 */
	uint32_t (*emit_find)(struct dt_cg *cg, uint32_t none);
	/* Code in a clause: argN as a 64-bit number (0 where the probe has no such argument). NULL:
	 * always 0. */
	uint32_t (*emit_arg)(struct dt_cg *cg, uint32_t n);
	/* Code in a clause: D's errno; 0 where NULL. */
	uint32_t (*emit_errno)(struct dt_cg *cg);
	/* Code in a clause: address of struct pt_regs for stacks and uregs, where it is not the
	 * context itself. */
	uint32_t (*emit_regs)(struct dt_cg *cg);
};

#endif
