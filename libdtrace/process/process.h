/* SPDX-License-Identifier: MIT */
/*
 * Processes that a handle controls: created (-c) and held before their first instruction, or
 * grabbed (-p) as they run.  A struct dt_procset belongs to a handle and owns every struct
 * ps_prochandle in it.  Ends are noticed through pidfds behind one epoll descriptor, on which the
 * run's sleep waits.  Signals and other children of the host are left alone.  Nothing here blocks
 * except dt_proc_create(), for the time that an exec takes.  api/ and run/ call this.
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
	DT_PROC_RUNNING, /* or stopped, but not by us */
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
	 * For PREINIT: the address at which the interpreter (ld.so) reports that it has mapped the
	 * libraries, which is that of _dl_debug_state in the interpreter's file, as nm shows it.
	 * BASE is where the interpreter is mapped.  0: unknown, the program is held as for MAIN.
	 * May be NULL.
	 */
	uint64_t (*debug_state)(pid_t pid, uint64_t base, void *arg);
	void *arg;
	char *const *envp; /* its environment; NULL: the caller's */
};

struct dt_procset *dt_procset_new(void); /* NULL: out of memory or descriptors (errno) */
void dt_procset_free(
	struct dt_procset *set); /* releases all of them, however often they were taken */

/*
 * Starts FILE (searched in PATH) with ARGV and holds it.  OPTS may be NULL: HOLD_EXEC.  Returns 0
 * or -errno: the exec's own error (ENOENT...), or EPERM if ptrace(2) is refused.  The program gets
 * the default SIGPIPE and an empty signal mask, whatever the host has.
 */
int dt_proc_create(struct dt_procset *set, const char *file, char *const argv[],
		   const struct dt_proc_create_opts *opts, struct ps_prochandle **out);
/* Takes PID, which runs on.  Taking it twice gives the same handle.  0 or -errno (ESRCH). */
int dt_proc_grab(struct dt_procset *set, pid_t pid, struct ps_prochandle **out);
/* Lets a held process run.  Harmless for others. */
void dt_proc_continue(struct ps_prochandle *p);
/* One call for each create or grab.  The last one kills a process that was created here; others run
 * on. */
void dt_proc_release(struct ps_prochandle *p);

pid_t dt_proc_pid(const struct ps_prochandle *p);
enum dt_proc_state dt_proc_state(struct ps_prochandle *p); /* looks now */
bool dt_proc_is_created(const struct ps_prochandle *p);
/* The status of waitpid(2) of a created process that has ended.  -1: unknown (it is not our child,
 * or the host has waited for it). */
int dt_proc_status(const struct ps_prochandle *p);

/* Readable while there is an end that dt_procset_next_ended() has not returned.  The set keeps the
 * descriptor. */
int dt_procset_fd(const struct dt_procset *set);
/* The next process that has ended since the last call, each once.  NULL: none.  Its handle stays
 * valid. */
struct ps_prochandle *dt_procset_next_ended(struct dt_procset *set);
size_t dt_procset_count(const struct dt_procset *set); /* how many are controlled */
size_t dt_procset_count_live(
	const struct dt_procset *set); /* how many of them have not been reported ended */
/* $target: the first that was created or grabbed; 0: none yet. */
pid_t dt_procset_target(const struct dt_procset *set);
void dt_procset_continue_all(struct dt_procset *set);

/* The inode of this process's PID namespace; 0: it is the first one. */
uint32_t dt_proc_namespace(void);

#endif
