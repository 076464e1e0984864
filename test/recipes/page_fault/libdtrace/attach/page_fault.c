/* SPDX-License-Identifier: MIT */
/* Page faults: a software event of perf, one per CPU. */
#include <errno.h>
#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include "attach/attach.h"
#include "attach/page_fault.h"

static int prepare_fault(struct dt_attach *att DT_UNUSED, struct dt_bpf_prog_spec *spec,
			 struct dt_strbuf *why DT_UNUSED)
{
	spec->type = BPF_PROG_TYPE_PERF_EVENT;
	return 0;
}

static int open_cpu(struct dt_attach *att, int cpu)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE,
		.config = PERF_COUNT_SW_PAGE_FAULTS,
		.sample_period =
			container_of(att->target, const struct dt_page_fault_target, target)->every,
		.sample_type = PERF_SAMPLE_ADDR,
		.disabled = 1,
	};
	int fd = dt_attach_keep(att, dt_attach_perf_open(&attr, -1, cpu));

	if (fd < 0)
		return fd;
	if (ioctl(fd, PERF_EVENT_IOC_SET_BPF, att->prog_fd) || ioctl(fd, PERF_EVENT_IOC_ENABLE, 0))
		return -errno;
	return 0;
}

static int attach_fault(struct dt_attach *att, struct dt_strbuf *why)
{
	int err = 0;

	for (int i = 0; !err && i < dt_bpf_nonline(att->ctx); i++)
		err = open_cpu(att, dt_bpf_online(att->ctx)[i]);
	if (err)
		dt_attach_why(why, "perf's page-fault event could not be opened");
	return err;
}

const struct dt_mech_ops dt_mech_page_fault = {
	.name = "page_fault",
	.has_stack = true,
	.prepare = prepare_fault,
	.attach = attach_fault,
};
