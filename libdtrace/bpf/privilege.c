/* SPDX-License-Identifier: MIT */
/*
 * Whether this process may trace, answered in one sentence before anything is loaded, so that
 * nobody has to guess what a bare EPERM means: capabilities, user namespaces, lockdown, seccomp.
 * Called when a run starts.
 */
#include <fcntl.h>
#include <linux/capability.h>
#include <stdio.h>
#include <sys/syscall.h>
#include "bpf/ctx.h"

#define BPF_CMD_NOBODY_HAS 0x7fff

static size_t read_file(const char *path, char *buf, size_t size)
{
	_cleanup_fd_ int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, buf, size - 1);

	n = DT_MAX(n, 0);
	buf[n] = '\0';
	return (size_t)n;
}

static uint64_t effective_caps(void)
{
	struct __user_cap_header_struct hdr = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = { 0 };

	if (syscall(SYS_capget, &hdr, data))
		return 0;
	return data[0].effective | (uint64_t)data[1].effective << 32;
}

/* bpf(2) asks for capabilities in the first user namespace.  The root of a container with its own
 * user namespace has none there. */
static bool in_user_namespace(void)
{
	char map[256];
	unsigned long inside, outside, count;

	if (!read_file("/proc/self/uid_map", map, sizeof(map)))
		return false;
	return sscanf(map, "%lu %lu %lu", &inside, &outside, &count) != 3 || inside || outside ||
	       count != 4294967295UL;
}

int dt_bpf_privilege(struct dt_bpf *ctx DT_UNUSED, char *buf, size_t size)
{
	static const struct {
		int bit;
		const char *name, *what;
	} needed[] = {
		{ CAP_BPF, "CAP_BPF", "load BPF programs" },
		{ CAP_PERFMON, "CAP_PERFMON", "attach tracing programs and read kernel memory" },
	};
	uint64_t caps = effective_caps();
	union bpf_attr attr = { 0 };
	char lockdown[128];
	int err;

	if (!(caps & 1ULL << CAP_SYS_ADMIN)) {
		for (size_t i = 0; i < ARRAY_SIZE(needed); i++) {
			if (caps & 1ULL << needed[i].bit)
				continue;
			snprintf(buf, size,
				 "missing %s, which is needed to %s (run as root, or grant CAP_BPF "
				 "and CAP_PERFMON)",
				 needed[i].name, needed[i].what);
			return -EPERM;
		}
	}
	err = dt_bpf_sys(BPF_CMD_NOBODY_HAS, &attr, sizeof(attr));
	if (err == -ENOSYS) {
		snprintf(buf, size, "this kernel was built without the bpf(2) system call");
		return -ENOSYS;
	}
	if (in_user_namespace()) {
		snprintf(buf, size,
			 "this process is in a user namespace of its own (a rootless container?), "
			 "where "
			 "capabilities do not allow tracing");
		return -EPERM;
	}
	if (err == -EPERM) {
		snprintf(buf, size,
			 "bpf(2) is refused to this process, probably by a seccomp filter of its "
			 "container");
		return -EPERM;
	}
	read_file("/sys/kernel/security/lockdown", lockdown, sizeof(lockdown));
	if (strstr(lockdown, "[confidentiality]")) {
		snprintf(buf, size,
			 "the kernel is locked down for confidentiality, which forbids reading its "
			 "memory");
		return -EPERM;
	}
	if (size)
		buf[0] = '\0';
	return 0;
}
