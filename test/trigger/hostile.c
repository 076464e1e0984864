/* SPDX-License-Identifier: MIT */
/*
 * A process whose name would clear a terminal.  It opens a path that would set the title, over and
 * over.
 */
#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(void)
{
	prctl(PR_SET_NAME, "\033[2Jevil\x7f\r");
	for (;;) {
		open("/nonexistent/\033]0;title\a\302\233m\200 \303\251", O_RDONLY);
		usleep(1000);
	}
}
