/* SPDX-License-Identifier: MIT */
/*
 * The firing that a clause runs for: its context, its probe, its arguments, its task.  Mostly for
 * the hooks of built-in variables and of providers.
 */
#ifndef DT_LOWER_FIRING_H
#define DT_LOWER_FIRING_H

#include "lower/context.h"

dt_vreg dt_cg_ctx(struct dt_cg *cg); /* the program's context */
/* Number of the firing probe among the point's, bounded for the verifier. */
dt_vreg dt_cg_probe(struct dt_cg *cg);
/* Rows of a table by that number: the point's probes, up to a power of two. */
uint32_t dt_cg_probe_table_size(const struct dt_point *pt);
enum dt_probe_field { DT_PF_ID, DT_PF_PROV, DT_PF_MOD, DT_PF_FUNC, DT_PF_NAME, DT_PF_NDX };
struct dt_str dt_cg_probe_text(struct dt_cg *cg, enum dt_probe_field f);
dt_vreg dt_cg_probe_number(struct dt_cg *cg, enum dt_probe_field f); /* ID, NDX */
dt_vreg dt_cg_epid(struct dt_cg *cg, struct dt_clause_plan *clause);
dt_vreg dt_cg_arg(struct dt_cg *cg, uint32_t n); /* argN */
/* argN, a pointer that the verifier trusts. */
dt_vreg dt_cg_trusted_arg(struct dt_cg *cg, uint32_t n);
/* The task that the probe is about, trusted (5.11).  Nearly always it is the one that runs. */
dt_vreg dt_cg_task(struct dt_cg *cg);
bool dt_cg_is_current(const struct dt_cg *cg);
dt_vreg dt_cg_leader(struct dt_cg *cg); /* its group leader, as trusted */
/* The struct file of the task's descriptor FD, as a number; 0: it has none. */
dt_vreg dt_cg_file(struct dt_cg *cg, dt_vreg fd);
/* Offset and size of a member path ("thread_info", "status", NULL) of a kernel structure; fails by
 * name when absent. */
uint32_t dt_cg_field(struct dt_cg *cg, const char *structure, const char *const *path,
		     uint32_t *size);
#define DT_MEMBERS(...) ((const char *const[]){ __VA_ARGS__, NULL }) /* such a path */
/* That member, a number or a pointer, of a structure that the verifier knows: the load cannot
 * fail. */
dt_vreg dt_cg_load_field(struct dt_cg *cg, dt_vreg base, const char *structure,
			 const char *const *path);
/* Flags of bpf_get_stack() and bpf_get_stackid().  They skip the frames of the program itself: the
 * clause's, main's, and those that the kernel calls main through. */
dt_vreg dt_cg_stack_flags(struct dt_cg *cg, bool user);
/* Reads up to FRAMES program counters to AT, from the traced function on.  Returns the number of
 * bytes; negative if the stack cannot be read.  At a function's entry its caller is among them,
 * which no frame pointer leads to yet. */
dt_vreg dt_cg_get_stack(struct dt_cg *cg, struct dt_mem at, uint32_t frames, bool user);
/* The same, but if the stack cannot be read it returns 0 and counts a drop.  A task that has no
 * such stack is no drop. */
dt_vreg dt_cg_read_stack(struct dt_cg *cg, struct dt_mem at, uint32_t frames, bool user);

#endif
