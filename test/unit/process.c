/* SPDX-License-Identifier: MIT */
/*
 * process/: a created program is held before its first instruction (or before its initialisers, or
 * main), runs when it is released to run, and is killed when it is given up.  A grabbed one is only
 * watched.  All processes are real.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/util.h"
#include "process/process.h"
#include "symbols/symbols.h"
#include "test.h"

static char dir[] = "/tmp/dt-process-XXXXXX";

static char state_of(pid_t pid)
{
	char path[64], line[256] = "", *end;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	f = fopen(path, "r");
	if (!f)
		return '-';
	if (!fgets(line, sizeof(line), f))
		line[0] = '\0';
	fclose(f);
	end = strrchr(line, ')');
	return end ? end[2] : '-';
}

static bool exists(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return !access(path, F_OK);
}

static bool maps_contain(pid_t pid, const char *what)
{
	char path[64], line[512];
	bool found = false;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/maps", (int)pid);
	f = fopen(path, "r");
	while (f && fgets(line, sizeof(line), f))
		found |= strstr(line, what) != NULL;
	if (f)
		fclose(f);
	return found;
}

static struct ps_prochandle *wait_end(struct dt_procset *set)
{
	struct pollfd p = { .fd = dt_procset_fd(set), .events = POLLIN };

	return poll(&p, 1, 5000) == 1 ? dt_procset_next_ended(set) : NULL;
}

static void test_create(void)
{
	struct dt_procset *set = dt_procset_new();
	char path[128];
	char *argv[] = { "touch", path, NULL };
	struct ps_prochandle *p;

	snprintf(path, sizeof(path), "%s/touched", dir);
	CHECK_INT(dt_proc_create(set, "touch", argv, NULL, &p), 0);
	usleep(30000);
	CHECK_INT(dt_proc_state(p), DT_PROC_HELD);
	CHECK_INT(state_of(dt_proc_pid(p)), 'T');
	CHECK(!exists("touched"));
	CHECK(maps_contain(dt_proc_pid(p), "touch") && !maps_contain(dt_proc_pid(p), "libc.so"));
	CHECK_INT(dt_procset_target(set), dt_proc_pid(p));
	CHECK_INT(dt_procset_count_live(set), 1);
	CHECK(!dt_procset_next_ended(set));
	dt_proc_continue(p);
	CHECK(wait_end(set) == p);
	CHECK(exists("touched"));
	CHECK_INT(dt_proc_state(p), DT_PROC_ENDED);
	CHECK_INT(dt_proc_status(p), 0);
	CHECK_INT(dt_procset_count_live(set), 0);
	CHECK(!dt_procset_next_ended(set));
	dt_proc_release(p);
	CHECK_INT(dt_procset_count(set), 0);
	dt_procset_free(set);
	CHECK(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
}

static uint64_t debug_state(pid_t pid, uint64_t base, void *arg)
{
	struct dt_objects *objects = arg;
	struct dt_object *obj;
	struct dt_osym sym;

	(void)pid;
	(void)base;
	if (dt_object_open(objects, "/lib64/ld-linux-x86-64.so.2", &obj) ||
	    !dt_object_name(obj, "_dl_debug_state", &sym))
		return 0;
	return sym.addr;
}

/* PREINIT: the libraries are there, not even their initialisers have run; MAIN: those have. */
static void test_holds(void)
{
	struct dt_objects *objects = dt_objects_new();
	struct dt_procset *set = dt_procset_new();
	static const enum dt_proc_hold holds[] = { DT_PROC_HOLD_PREINIT, DT_PROC_HOLD_MAIN };

	for (size_t i = 0; i < ARRAY_SIZE(holds); i++) {
		struct dt_proc_create_opts opts = { .hold = holds[i],
						    .debug_state = debug_state,
						    .arg = objects };
		char *argv[] = { "echo", "-n", NULL };
		uint64_t start = dt_now_ns();
		struct ps_prochandle *p;

		CHECK_INT(dt_proc_create(set, "/bin/echo", argv, &opts, &p), 0);
		printf("held after %.2f ms\n", (double)(dt_now_ns() - start) / 1e6);
		CHECK_INT(state_of(dt_proc_pid(p)), 'T');
		CHECK(maps_contain(dt_proc_pid(p), "libc.so"));
		/* glibc's malloc arena comes with the initialisers of libc's users, the heap with
		 * main */
		CHECK(!maps_contain(dt_proc_pid(p), "[heap]") || holds[i] == DT_PROC_HOLD_MAIN);
		dt_proc_continue(p);
		CHECK(wait_end(set) == p);
		CHECK_INT(dt_proc_status(p), 0);
		dt_proc_release(p);
	}
	dt_procset_free(set);
	dt_objects_free(objects);
}

static void test_exits(void)
{
	struct dt_procset *set = dt_procset_new();
	char *seven[] = { "sh", "-c", "exit 7", NULL },
	     *killed[] = { "sh", "-c", "kill -9 $$", NULL };
	char *args[] = { "x", NULL };
	struct ps_prochandle *p;

	CHECK_INT(dt_proc_create(set, "sh", seven, NULL, &p), 0);
	dt_proc_continue(p);
	CHECK(wait_end(set) == p && WIFEXITED(dt_proc_status(p)) &&
	      WEXITSTATUS(dt_proc_status(p)) == 7);
	CHECK_INT(dt_proc_create(set, "sh", killed, NULL, &p), 0);
	dt_proc_continue(p);
	CHECK(wait_end(set) == p && WIFSIGNALED(dt_proc_status(p)) &&
	      WTERMSIG(dt_proc_status(p)) == SIGKILL);
	CHECK_INT(dt_proc_create(set, "/nonexistent/program", args, NULL, &p), -ENOENT);
	CHECK_INT(dt_proc_create(set, "/etc/passwd", args, NULL, &p), -EACCES);
	CHECK_INT(dt_procset_count(set), 2);
	dt_procset_free(set);
	CHECK(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
}

/* A created process that is given up is killed, whether it is held or runs. */
static void test_release(void)
{
	struct dt_procset *set = dt_procset_new();
	char *argv[] = { "sleep", "100", NULL };
	struct ps_prochandle *held, *running;
	pid_t pids[2];

	CHECK_INT(dt_proc_create(set, "sleep", argv, NULL, &held), 0);
	CHECK_INT(dt_proc_create(set, "sleep", argv, NULL, &running), 0);
	dt_proc_continue(running);
	pids[0] = dt_proc_pid(held);
	pids[1] = dt_proc_pid(running);
	dt_proc_release(held);
	CHECK_INT(state_of(pids[0]), '-');
	dt_procset_free(set);
	CHECK_INT(state_of(pids[1]), '-');
}

static void test_grab(void)
{
	struct dt_procset *set = dt_procset_new();
	struct ps_prochandle *p, *again;
	pid_t pid = fork();

	if (!pid) {
		pause();
		_exit(3);
	}
	CHECK_INT(dt_proc_grab(set, pid, &p), 0);
	CHECK_INT(dt_proc_grab(set, pid, &again), 0);
	CHECK(p == again && !dt_proc_is_created(p));
	CHECK_INT(dt_proc_state(p), DT_PROC_RUNNING);
	CHECK_INT(dt_procset_target(set), pid);
	dt_proc_release(again);
	dt_proc_release(p);
	CHECK(state_of(pid) != '-' && state_of(pid) != 'Z' && state_of(pid) != 'T');
	CHECK_INT(dt_proc_grab(set, pid, &p), 0);
	kill(pid, SIGTERM);
	CHECK(wait_end(set) == p);
	CHECK_INT(dt_proc_status(p), -1);
	CHECK_INT(waitpid(pid, NULL, 0), pid); /* only its parent may */
	CHECK_INT(dt_proc_grab(set, pid, &again), -ESRCH);
	CHECK_INT(dt_proc_grab(set, 0, &again), -ESRCH);
	dt_procset_free(set);
}

int main(void)
{
	char command[64];

	CHECK(mkdtemp(dir) != NULL);
	test_create();
	test_holds();
	test_exits();
	test_release();
	test_grab();
	snprintf(command, sizeof(command), "rm -r %s", dir);
	CHECK(system(command) == 0);
	return test_end();
}
