/* SPDX-License-Identifier: MIT */
/*
 * What comes with a signal, and numbers of faults.  As in C, which members have a meaning depends
 * on si_signo and si_code: those of another kind show the same memory.
 */
typedef struct {
	int si_signo;
	int si_errno;
	int si_code;           /* why it came: SI_*, SEGV_* and their like; <= 0: a process sent it */
	pid_t si_pid;          /* kill(2), SIGCHLD: of whom */
	uid_t si_uid;
	zoneid_t si_zoneid;
	int si_status;         /* SIGCHLD: exit status or signal */
	clock_t si_utime;      /* SIGCHLD: times in ticks */
	clock_t si_stime;
	caddr_t si_addr;       /* faults: where */
	int si_value;          /* sigqueue(3), timers */
	int si_timerid;
	int si_overrun;
	long si_band;          /* SIGPOLL */
	int si_fd;
	caddr_t si_call_addr;  /* SIGSYS: the refused system call */
	int si_syscall;
	uint_t si_arch;
} siginfo_t;

translator siginfo_t < struct kernel_siginfo *K > {
	si_signo = K->si_signo;
	si_errno = K->si_errno;
	si_code = K->si_code;
	si_pid = K->_sifields._kill._pid;
	si_uid = K->_sifields._kill._uid;
	si_zoneid = 0;
	si_status = K->_sifields._sigchld._status;
	si_utime = K->_sifields._sigchld._utime;
	si_stime = K->_sifields._sigchld._stime;
	si_addr = (caddr_t)K->_sifields._sigfault._addr;
	si_value = K->_sifields._rt._sigval.sival_int;
	si_timerid = K->_sifields._timer._tid;
	si_overrun = K->_sifields._timer._overrun;
	si_band = K->_sifields._sigpoll._band;
	si_fd = K->_sifields._sigpoll._fd;
	si_call_addr = (caddr_t)K->_sifields._sigsys._call_addr;
	si_syscall = K->_sifields._sigsys._syscall;
	si_arch = K->_sifields._sigsys._arch;
};

inline int FLTILL = 1;         /* illegal instruction */
inline int FLTPRIV = 2;        /* privileged instruction */
inline int FLTBPT = 3;         /* breakpoint */
inline int FLTTRACE = 4;       /* single step */
inline int FLTACCESS = 5;      /* alignment */
inline int FLTBOUNDS = 6;      /* no such memory, or no right to it */
inline int FLTIOVF = 7;        /* integer overflow */
inline int FLTIZDIV = 8;       /* division by zero */
inline int FLTFPE = 9;         /* floating point */
inline int FLTSTACK = 10;      /* Linux takes these for FLTBOUNDS */
inline int FLTPAGE = 11;       /* no such page of a file, broken memory */
inline int FLTWATCH = 12;      /* watched memory */
