/* SPDX-License-Identifier: MIT */
/*
 * A known number of system calls: `syscalls N [MILLISECONDS]` does N rounds of getppid(), read() of
 * 16 bytes from /dev/zero and write() of 8 bytes to /dev/null, sleeping between rounds, and ends; N
 * = 0 goes on for ever.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/syscall.h>

int main(int argc, char **argv)
{
	long rounds = argc > 1 ? atol(argv[1]) : 0, pause_ms = argc > 2 ? atol(argv[2]) : 0;
	int zero = open("/dev/zero", O_RDONLY), null = open("/dev/null", O_WRONLY);
	char bytes[16];

	for (long i = 0; rounds == 0 || i < rounds; i++) {
		syscall(SYS_getppid);
		if (read(zero, bytes, 16) != 16 || write(null, bytes, 8) != 8)
			return 1;
		if (pause_ms)
			usleep((useconds_t)pause_ms * 1000);
	}
	return 0;
}
