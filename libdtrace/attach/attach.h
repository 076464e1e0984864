/* SPDX-License-Identifier: MIT */
/*
 * Attaching programs: what one does with any mechanism, and what mechanisms share.  What a
 * mechanism is, and the order of the calls: contract/mechanism.h.  run/ calls the first group, the
 * files of attach/ the second.  Each mechanism has its own header (attach/NAME.h) for the providers
 * that use it.
 */
#ifndef DT_ATTACH_ATTACH_H
#define DT_ATTACH_ATTACH_H

#include <sys/types.h>
#include "base/progress.h"
#include "base/util.h"
#include "bpf/bpf.h"
#include "contract/mechanism.h"

/*
 * These return 0 or -errno.  WHY, which may be NULL, gets a sentence where the errno alone does not
 * explain the failure.
 */
int dt_attach_prepare(struct dt_bpf *ctx, const struct dt_target *target,
		      struct dt_bpf_prog_spec *spec, struct dt_strbuf *why, struct dt_attach **out);
int dt_attach_open(struct dt_attach *att, int prog_fd, struct dt_strbuf *why);
/* Closes N attachments at the same time, but not their programs.  NULLs among them are fine.
 * PROGRESS may be NULL. */
void dt_attach_close(struct dt_attach *const *atts, size_t n, const struct dt_progress *progress);
/* When to call again; UINT64_MAX: never. */
uint64_t dt_attach_poll(struct dt_attach *att, uint64_t now_ns);
/* Events that the program did not see: skipped by recursion, plus what the mechanism knows of. */
uint64_t dt_attach_missed(struct dt_attach *att);

/* ---- for mechanisms ---- */

/* Hands FD to the attachment, which closes it.  Returns it, or -errno; a negative FD comes back. */
int dt_attach_keep(struct dt_attach *att, int fd);
/* Records that the target's site INDEX, whose cookie is COOKIE, could not be attached. */
int dt_attach_leave_out(struct dt_attach *att, size_t index, uint64_t cookie, int err);
/* Appends to WHY, unless it is NULL. */
void dt_attach_why(struct dt_strbuf *why, const char *fmt, ...) DT_PRINTF(2, 3);
/* perf_event_open(2): a descriptor or -errno. */
struct perf_event_attr;
int dt_attach_perf_open(struct perf_event_attr *attr, pid_t pid, int cpu);

#endif
