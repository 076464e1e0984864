/* SPDX-License-Identifier: MIT */
/* Sites (sites.h): what the kernel refuses is found by halving. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include "attach/sites.h"

/* ENOEXEC: the kernel's decoder does not know the instruction. */
static bool is_of_one_site(int err)
{
	return err == -DT_ENOTSUPP || err == -ENOEXEC || err == -EINVAL || err == -EIO ||
	       err == -EOPNOTSUPP;
}

static int leave_out(struct dt_sites *s, size_t i, int err)
{
	return dt_attach_leave_out(s->att, s->index[i], s->cookies[i], -err);
}

/* ---- links ---- */

static int link_halves(struct dt_sites *s, size_t from, size_t n)
{
	int err = s->link(s, from, n);

	if (err >= 0 || !is_of_one_site(err))
		return DT_MIN(err, 0);
	if (n == 1)
		return leave_out(s, from, err);
	err = link_halves(s, from, n / 2);
	return err ? err : link_halves(s, from + n / 2, n - n / 2);
}

/* ---- perf events ---- */

/* A number among the attributes of a perf device; -errno: there is none. */
static int device_number(const char *device, const char *attribute)
{
	char path[128], text[64] = "";
	const char *p = text;
	_cleanup_fd_ int fd = -1;

	snprintf(path, sizeof(path), "/sys/bus/event_source/devices/%s/%s", device, attribute);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || read(fd, text, sizeof(text) - 1) <= 0)
		return -ENOENT;
	while (*p && (*p < '0' || *p > '9')) /* "config:0" */
		p++;
	return atoi(p);
}

/* Runs the program at the event from now on.  A cookie needs a link (5.15). */
static int enable_event(struct dt_attach *att, int event, uint64_t cookie)
{
	union bpf_attr attr = { 0 };
	int link;

	if (cookie && dt_bpf_has(att->ctx, DT_BPF_HAS_PERF_COOKIE)) {
		attr.link_create.prog_fd = (uint32_t)att->prog_fd;
		attr.link_create.target_fd = (uint32_t)event;
		attr.link_create.attach_type = BPF_PERF_EVENT;
		attr.link_create.perf_event.bpf_cookie = cookie;
		link = dt_attach_keep(att, dt_bpf_sys(BPF_LINK_CREATE, &attr, sizeof(attr)));
		if (link < 0)
			return link;
	} else if (ioctl(event, PERF_EVENT_IOC_SET_BPF, att->prog_fd)) {
		return -errno;
	}
	return ioctl(event, PERF_EVENT_IOC_ENABLE, 0) ? -errno : 0;
}

/* What the events of all sites have in common. */
static int common_attr(const struct dt_sites *s, struct perf_event_attr *attr)
{
	int type = device_number(s->device, "type"),
	    bit = s->is_return ? device_number(s->device, "format/retprobe") : 0;

	*attr = (struct perf_event_attr){
		.type = (uint32_t)type,
		.config = s->is_return ? 1ULL << DT_MAX(bit, 0) : 0,
		.disabled = 1,
	};
	return DT_MIN(DT_MIN(type, bit), 0);
}

static int open_event(struct dt_sites *s, size_t i, struct perf_event_attr attr)
{
	int fd = s->open(s, i, &attr);

	if (is_of_one_site(fd))
		return leave_out(s, i, fd);
	fd = dt_attach_keep(s->att, fd);
	return fd < 0 ? fd : enable_event(s->att, fd, s->cookies[i]);
}

static int open_events(struct dt_sites *s, struct dt_strbuf *why)
{
	struct perf_event_attr attr;
	int err = common_attr(s, &attr);
	size_t i;

	for (i = 0; !err && i < s->n; i++) {
		err = open_event(s, i, attr);
		if (!err && dt_progress_report(s->att->progress, i, s->n))
			err = -ECANCELED;
	}
	if (err == -EMFILE)
		dt_attach_why(why,
			      "this kernel takes %zu probes one by one, each with two descriptors, "
			      "and the limit of open files is met at the %zuth: raise it (ulimit "
			      "-n), or name fewer probes",
			      s->n, i);
	return err;
}

int dt_sites_attach(struct dt_sites *s, struct dt_strbuf *why)
{
	if (!s->n)
		return 0;
	return s->link ? link_halves(s, 0, s->n) : open_events(s, why);
}
