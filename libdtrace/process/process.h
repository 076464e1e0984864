/* SPDX-License-Identifier: MIT */
/*
 * Processes that a handle controls: created (-c) and held before their first instruction, or
 * grabbed (-p) as they run.  A `struct dt_procset` belongs to a handle and owns every `struct
 * ps_prochandle` in it.  Ends are noticed through pidfds behind one epoll descriptor, which the
 * handle's sleep waits on; signals and other children of the host are left alone.  Nothing here
 * blocks but dt_proc_create(), for the time an exec takes.
 */
#ifndef DT_PROCESS_PROCESS_H
#define DT_PROCESS_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct dt_procset;
struct ps_prochandle; /* libproc's name, since dtrace.h shows it */

enum dt_proc_state {
	DT_PROC_HELD,    /* created, not continued yet */
	DT_PROC_RUNNING, /* or stopped by somebody else */
	DT_PROC_ENDED,
};

/* How far a created program runs before it is held (option evaltime). */
enum dt_proc_hold {
	DT_PROC_HOLD_EXEC,    /* at its first instruction: only the program and its interpreter are
				 mapped */
	DT_PROC_HOLD_PREINIT, /* its libraries are mapped, nothing of them or of it has run */
	DT_PROC_HOLD_MAIN,    /* their initialisers have run, its entry point comes next */
};

struct dt_proc_create_opts {
	enum dt_proc_hold hold;
	/*
	 * PREINIT needs to know where the interpreter (ld.so) reports that it has mapped the
	 * libraries: the address of _dl_debug_state in the interpreter's file, as nm shows it. BASE
	 * is where it is mapped. 0: not known, the program is held as for MAIN.  May be NULL.
	 */
	uint64_t (*debug_state)(pid_t pid, uint64_t base, void *arg);
	void *arg;
};

struct dt_procset *dt_procset_new(void); /* NULL: out of memory or descriptors (errno) */
void dt_procset_free(
	struct dt_procset *set); /* releases all of them, however often they were taken */

/*
 * Start FILE (searched in PATH) with ARGV and hold it.  OPTS may be NULL: HOLD_EXEC.  0 or -errno:
 * the exec's own error (ENOENT...), or EPERM where ptrace(2) is refused.  The program has the
 * default SIGPIPE and an empty signal mask, whatever the host has.
 */
int dt_proc_create(struct dt_procset *set, const char *file, char *const argv[],
		   const struct dt_proc_create_opts *opts, struct ps_prochandle **out);
/* Take PID, which runs on. Twice the same gives the same handle. 0 or -errno (ESRCH). */
int dt_proc_grab(struct dt_procset *set, pid_t pid, struct ps_prochandle **out);
/* Let a held process go. Harmless on others. */
void dt_proc_continue(struct ps_prochandle *p);
/* One release for each create or grab; the last one kills a process that was created here, others
 * run on. */
void dt_proc_release(struct ps_prochandle *p);

pid_t dt_proc_pid(const struct ps_prochandle *p);
enum dt_proc_state dt_proc_state(struct ps_prochandle *p); /* looks now */
bool dt_proc_is_created(const struct ps_prochandle *p);
/* waitpid(2)'s status of an ended created process; -1: not known (not ours, or the host has waited
 * for it). */
int dt_proc_status(const struct ps_prochandle *p);

/* Readable while an end has not been fetched by dt_procset_next_ended(). The descriptor stays the
 * set's. */
int dt_procset_fd(const struct dt_procset *set);
/* The next process that has ended since the last call, each once; NULL: none. Its handle stays
 * valid. */
struct ps_prochandle *dt_procset_next_ended(struct dt_procset *set);
size_t dt_procset_count(const struct dt_procset *set); /* how many are controlled */
size_t dt_procset_count_live(
	const struct dt_procset *set); /* how many of them have not been reported ended */
/* $target: the first that was created or grabbed; 0: none yet. */
pid_t dt_procset_target(const struct dt_procset *set);
void dt_procset_continue_all(struct dt_procset *set);

/*
 * A command line at its white space; no quotes, no escapes, as dtrace -c has it.  One malloc'ed
 * block, ended by NULL; free() it.  NULL: nothing in it (errno 0) or out of memory.
 */
char **dt_proc_split(const char *command);

#endif
