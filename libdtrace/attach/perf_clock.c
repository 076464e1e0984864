/* SPDX-License-Identifier: MIT */
/*
 * Samples by time: perf's cpu-clock, one event a CPU.  Always by period, never by frequency: perf
 * would steer the period and cap the rate by a sysctl.  An idle CPU may deliver nothing, and while
 * a CPU executes map operations for user space, or a perf tracepoint's program, its samples are
 * dropped silently; nobody can count those.
 */
#include <errno.h>
#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include "attach/attach.h"

#define NS_PER_SEC 1000000000ULL

static int prepare_clock(struct dt_attach *att, struct dt_bpf_prog_spec *spec,
			 struct dt_strbuf *why)
{
	if (!att->target->clock.freq && !att->target->clock.period_ns) {
		dt_attach_why(why, "a clock needs a rate");
		return -EINVAL;
	}
	spec->type = BPF_PROG_TYPE_PERF_EVENT;
	return 0;
}

static int open_cpu(struct dt_attach *att, int cpu, struct dt_strbuf *why)
{
	const struct dt_target *t = att->target;
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE,
		.config = PERF_COUNT_SW_CPU_CLOCK,
		.sample_period = t->clock.period_ns ? t->clock.period_ns
						    : NS_PER_SEC / t->clock.freq,
		.disabled = 1,
	};
	int fd = dt_attach_perf_open(&attr, -1, cpu);

	if (fd == -ENODEV && t->clock.cpu < 0)
		return 0; /* the CPU went offline since we looked */
	fd = dt_attach_keep(att, fd);
	if (fd < 0) {
		dt_attach_why(why, "perf's cpu-clock event could not be opened on CPU %d", cpu);
		return fd;
	}
	if (ioctl(fd, PERF_EVENT_IOC_SET_BPF, att->prog_fd))
		return -errno;
	return 0;
}

static int attach_clock(struct dt_attach *att, struct dt_strbuf *why)
{
	const int *online = dt_bpf_online(att->ctx);
	int err = 0;

	if (att->target->clock.cpu >= 0)
		err = open_cpu(att, att->target->clock.cpu, why);
	else
		for (int i = 0; !err && i < dt_bpf_nonline(att->ctx); i++)
			err = open_cpu(att, online[i], why);
	for (size_t i = 0; !err && i < att->nfds; i++) /* together, as near as can be */
		if (ioctl(att->fds[i], PERF_EVENT_IOC_ENABLE, 0))
			err = -errno;
	return err;
}

const struct dt_mech_ops dt_mech_perf_clock = {
	.name = "perf_clock",
	.has_stack = true,
	.prepare = prepare_clock,
	.attach = attach_clock,
};
