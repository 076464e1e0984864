/* SPDX-License-Identifier: MIT */
/*
 * Processes and threads as /proc shows them: psinfo_t and lwpsinfo_t, from a task.
 *
 * Ids are those of the first PID namespace.  Zones, projects and pools do not exist on Linux: all
 * processes are in number 0.
 */
typedef struct psinfo {
	int pr_nlwp;           /* threads */
	pid_t pr_pid;
	pid_t pr_ppid;
	pid_t pr_pgid;         /* process group */
	pid_t pr_sid;          /* session */
	uid_t pr_uid;
	uid_t pr_euid;
	gid_t pr_gid;
	gid_t pr_egid;
	uintptr_t pr_addr;     /* the kernel's structure */
	dev_t pr_ttydev;       /* controlling terminal; PRNODEV: none */
	char pr_fname[16];     /* name */
	char pr_psargs[80];    /* beginning of the command line */
	int pr_wstat;          /* of a process that has ended: its status */
	int pr_argc;
	uintptr_t pr_argv;     /* user address of the arguments */
	uintptr_t pr_envp;     /* user address of the environment */
	char pr_dmodel;        /* PR_MODEL_* */
	taskid_t pr_taskid;
	projid_t pr_projid;
	poolid_t pr_poolid;
	zoneid_t pr_zoneid;
} psinfo_t;

inline char PR_MODEL_ILP32 = 1;
inline char PR_MODEL_LP64 = 2;
inline dev_t PRNODEV = -1;

translator psinfo_t < struct task_struct *T > {
	pr_nlwp = T->signal->nr_threads;
	pr_pid = T->tgid;
	pr_ppid = T->real_parent->tgid;
	pr_pgid = T->signal->pids[PIDTYPE_PGID]->numbers[0].nr;
	pr_sid = T->signal->pids[PIDTYPE_SID]->numbers[0].nr;
	pr_uid = T->cred->uid.val;
	pr_euid = T->cred->euid.val;
	pr_gid = T->cred->gid.val;
	pr_egid = T->cred->egid.val;
	pr_addr = (uintptr_t)T;
	pr_ttydev = T->signal->tty == NULL ? PRNODEV :
	    (T->signal->tty->driver->major << 20) +
	    T->signal->tty->driver->minor_start + T->signal->tty->index;
	pr_fname = T->group_leader->comm;
	pr_psargs = T->group_leader == curthread->group_leader ? execargs :
	    stringof(T->group_leader->comm);
	pr_wstat = T->exit_code;
	pr_argc = T->mm == NULL ? 0 : *(int *)copyin(T->mm->start_stack, sizeof (int));
	pr_argv = T->mm == NULL ? 0 : T->mm->start_stack + sizeof (uintptr_t);
	pr_envp = T->mm == NULL ? 0 : T->mm->start_stack +
	    (*(int *)copyin(T->mm->start_stack, sizeof (int)) + 2) * sizeof (uintptr_t);
	pr_dmodel = T->mm != NULL && T->mm->task_size <= 0x100000000 ? PR_MODEL_ILP32 :
	    PR_MODEL_LP64;
	pr_taskid = 0;
	pr_projid = 0;
	pr_poolid = 0;
	pr_zoneid = 0;
};

typedef struct lwpsinfo {
	int pr_flag;           /* PR_* */
	id_t pr_lwpid;
	uintptr_t pr_addr;     /* the kernel's structure */
	uintptr_t pr_wchan;    /* no translation */
	char pr_stype;         /* no translation */
	char pr_state;         /* SSLEEP and its like */
	char pr_sname;         /* the same as a letter */
	char pr_nice;
	short pr_syscall;      /* no translation */
	int pr_pri;
	char pr_clname[8];     /* scheduling class */
	processorid_t pr_onpro;
	processorid_t pr_bindpro;
	psetid_t pr_bindpset;
} lwpsinfo_t;

inline int PR_STOPPED = 0x00000001;
inline int PR_ISTOP = 0x00000002;
inline int PR_DSTOP = 0x00000004;
inline int PR_STEP = 0x00000008;
inline int PR_ASLEEP = 0x00000010;
inline int PR_PCINVAL = 0x00000020;
inline int PR_ASLWP = 0x00000040;
inline int PR_AGENT = 0x00000080;
inline int PR_DETACH = 0x00000100;
inline int PR_DAEMON = 0x00000200;
inline int PR_IDLE = 0x10000000;
inline int PR_ISSYS = 0x00001000;
inline int PR_VFORKP = 0x00002000;
inline int PR_ORPHAN = 0x00004000;
inline int PR_NOSIGCHLD = 0x00008000;
inline int PR_WAITPID = 0x00010000;

inline char SSLEEP = 1;
inline char SRUN = 2;
inline char SZOMB = 3;
inline char SSTOP = 4;
inline char SIDL = 5;
inline char SONPROC = 6;
inline char SWAIT = 7;

translator lwpsinfo_t < struct task_struct *T > {
	pr_flag = (T->flags & 0x200000 ? PR_ISSYS : 0) | (T->__state & 0xc ? PR_STOPPED : 0);
	pr_lwpid = T->pid;
	pr_addr = (uintptr_t)T;
	pr_state = T->__state == 0 ? (T->on_cpu ? SONPROC : SRUN) : T->__state & 0xc ? SSTOP :
	    T->exit_state ? SZOMB : SSLEEP;
	pr_sname = T->__state == 0 ? (T->on_cpu ? 'O' : 'R') : T->__state & 0xc ? 'T' :
	    T->exit_state ? 'Z' : 'S';
	pr_nice = T->static_prio - 120;
	pr_pri = T->prio;
	pr_clname = T->policy == 1 || T->policy == 2 ? "RT" : T->policy == 6 ? "DL" : "TS";
	pr_onpro = T->thread_info.cpu;
	pr_bindpro = T->nr_cpus_allowed == 1 ? T->thread_info.cpu : -1;
	pr_bindpset = 0;
};

inline psinfo_t *curpsinfo = xlate <psinfo_t *> (curthread);
inline lwpsinfo_t *curlwpsinfo = xlate <lwpsinfo_t *> (curthread);

/* The current process's directories: its own, as it names it, and its root, from the top. */
inline string cwd = d_path(&curthread->fs->pwd);
inline string root = d_path(&curthread->fs->root, NULL);

#pragma D attributes Stable/Stable/Common curpsinfo
#pragma D attributes Stable/Stable/Common curlwpsinfo
#pragma D attributes Stable/Stable/Common cwd
#pragma D attributes Stable/Stable/Common root
