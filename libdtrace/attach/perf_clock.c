/* SPDX-License-Identifier: MIT */
/*
 * Samples of perf's software events, one event per CPU: by time (cpu-clock, which is number 0), or
 * each page fault and its like.  Always by period, never by frequency: with a frequency, perf
 * adjusts the period as it goes and a sysctl caps the rate.  An idle CPU may deliver no samples.
 * The kernel also drops those that arrive while a CPU executes map operations for user space or the
 * program of a perf tracepoint, and does not count them.
 */
#include <errno.h>
#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include "attach/attach.h"
#include "attach/perf_clock.h"

static const struct dt_perf_clock_target *target_of(const struct dt_attach *att)
{
	return container_of(att->target, const struct dt_perf_clock_target, target);
}

static int prepare_clock(struct dt_attach *att, struct dt_bpf_prog_spec *spec,
			 struct dt_strbuf *why)
{
	if (!target_of(att)->period) {
		dt_attach_why(why, "a clock needs a period");
		return -EINVAL;
	}
	spec->type = BPF_PROG_TYPE_PERF_EVENT;
	return 0;
}

static int open_cpu(struct dt_attach *att, int cpu, struct dt_strbuf *why)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE,
		.config = target_of(att)->event,
		.sample_period = target_of(att)->period,
		.disabled = 1,
	};
	int fd = dt_attach_perf_open(&attr, -1, cpu);

	if (fd == -ENODEV && target_of(att)->cpu < 0)
		return 0; /* the CPU went offline since we looked */
	fd = dt_attach_keep(att, fd);
	if (fd < 0) {
		dt_attach_why(why, "perf's software event %u could not be opened on CPU %d",
			      target_of(att)->event, cpu);
		return fd;
	}
	if (ioctl(fd, PERF_EVENT_IOC_SET_BPF, att->prog_fd))
		return -errno;
	return 0;
}

static int attach_clock(struct dt_attach *att, struct dt_strbuf *why)
{
	const int *online = dt_bpf_online(att->ctx);
	int cpu = target_of(att)->cpu, err = 0;

	if (cpu >= 0)
		err = open_cpu(att, cpu, why);
	else
		for (int i = 0; !err && i < dt_bpf_nonline(att->ctx); i++)
			err = open_cpu(att, online[i], why);
	for (size_t i = 0; !err && i < att->nfds; i++) /* all at about the same time */
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
