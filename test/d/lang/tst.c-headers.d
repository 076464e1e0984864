/* SPDX-License-Identifier: MIT */
/*
 * Public headers of the C library and of the kernel may be included under -C: attributes, assembler
 * names, extension markers, static assertions and the bodies of inline functions are skipped over.
 * @@ flags: -qC
 */
#include <arpa/inet.h>
#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/fs.h>
#include <linux/if_ether.h>
#include <linux/perf_event.h>
#include <linux/tcp.h>
#include <linux/types.h>
#include <math.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int own_prototype(const char *name, int flags) __attribute__((nonnull(1)));
extern int own_object;
struct own { char c; int i; } __attribute__((packed));
_Static_assert(sizeof (struct own) > 0, "never looked at");

BEGIN
{
	printf("%d %d %d ", sizeof (struct sockaddr_in), sizeof (struct stat), offsetof(struct pollfd, revents));
	printf("%d %d %d ", AF_INET6, O_CREAT, BPF_PROG_TYPE_TRACING == 26);
	printf("%d %d %d", sizeof (struct epoll_event), sizeof (struct own), PERF_TXN_ABORT_MASK == 0xffffffff00000000);
	exit(0);
}
