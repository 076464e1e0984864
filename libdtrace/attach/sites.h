/* SPDX-License-Identifier: MIT */
/*
 * Attaching one program to many sites, for the mechanisms that do: by links that take many sites
 * each, or by one perf event for each site.  A site that the kernel refuses is left out and
 * recorded in att->left_out; the others are attached.
 */
#ifndef DT_ATTACH_SITES_H
#define DT_ATTACH_SITES_H

#include <linux/perf_event.h>
#include "attach/attach.h"

#define DT_ENOTSUPP 524 /* the kernel's own, not in user space's errno.h */

struct dt_sites {
	struct dt_attach *att;
	uint32_t *index;   /* which of the target's sites are to be attached */
	uint64_t *cookies; /* theirs; 0: none */
	size_t n;
	/* Links the sites FROM to FROM + N.  The link's descriptor, which is kept, or -errno.
	 * NULL: this kernel has no such link. */
	int (*link)(struct dt_sites *sites, size_t from, size_t n);
	/* Else: fills in what the perf event of a site needs beside TYPE and CONFIG, and opens it.
	 * The descriptor, not kept yet, or -errno. */
	int (*open)(struct dt_sites *sites, size_t i, struct perf_event_attr *attr);
	const char *device; /* perf's: "uprobe" */
	bool is_return;
};

/* 0; -errno where the error is not of one site, with WHY as in dt_attach_open(); -ECANCELED. */
int dt_sites_attach(struct dt_sites *sites, struct dt_strbuf *why);
#endif
