# SPDX-License-Identifier: MIT
# A row is a misspelt program and the hint that it gets; prints the rows that get another one, and
# how many there are.
rows() {
	cat <<'ROWS'
BEGIN { trace(exename); } => did you mean "execname"?
BEGIN { trace(Execname); } => did you mean "execname"?
BEGIN { total = 1; trace(totla); } => did you mean "total"?
BEGIN { self->start = 1; trace(self->strat); } => did you mean "self->start"?
BEGIN { this->start = 1; trace(self->start); } => did you mean "this->start"?
inline int LIMIT = 3; BEGIN { trace(LIMTI); } => did you mean "LIMIT"?
BEGIN { trace(curpsinf->pr_psargs); } => did you mean "curpsinfo"?
BEGIN { trace(O_RDONYL); } => did you mean "O_RDONLY"?
BEGIN { trace(PIDTYPE_TGDI); } => did you mean "PIDTYPE_TGID"?
enum colour { RED, GREEN }; BEGIN { trace(GREN); } => did you mean "GREEN"?
BEGIN { trase(1); } => did you mean "trace"?
BEGIN { trace(strlne("a")); } => did you mean "strlen"?
BEGIN { @ = cuont(); } => did you mean "count"?
BEGIN { @calls = count(); printa(@clals); } => did you mean "@calls"?
struct p { int first; }; struct p v; BEGIN { trace(v.fisrt); } => did you mean "first"?
BEGIN { trace(curthread->tgdi); } => did you mean "tgid"?
BEGIN { trace(curthread->mm->pgdd); } => did you mean "pgd"?
BEGIN { trace(curpsinfo->pr_psarg); } => did you mean "pr_psargs"?
BEGIN { trace(offsetof(struct task_struct, tgdi)); } => did you mean "tgid"?
BEGIN { trace(((struct task_strct *)0)->pid); } => did you mean "struct task_struct"?
BEGIN { trace(sizeof (struct task_strct)); } => did you mean "struct task_struct"?
BEGIN { trace(sizeof (struct pid_t)); } => did you mean "pid_t"?
BEGIN { trace(sizeof (task_struct)); } => did you mean "struct task_struct"?
struct pair { int a; }; struct piar v; => did you mean "struct pair"?
BEGIN { trace((uint46_t)1); } => did you mean "uint64_t"?
uitn8_t v; => did you mean "uint8_t"?
BEGIN { this->p = (psinfot_t *)0; } => did you mean "psinfo_t"?
BEGIN { trace(&`vfs_raed); } => did you mean "`vfs_read"?
BEGIN { trace($targett); } => did you mean "$target"?
syscall::read:entry /pid == $pdi/ { } => did you mean "$pid"?
BEGIN { printf("%D", 1); } => did you mean "%d"?
BEGIN { printf("%wd", 1); } => did you mean "%d"?
sycall::read:entry { } => no provider is called "sycall"; did you mean "syscall"?
syscall:vmlinx:read:entry { } => no module is called "vmlinx"; did you mean "vmlinux"?
syscall::reda:entry { } => no function is called "reda"; did you mean "read", "readv"?
syscall::read:entri { } => no probe name is called "entri"; did you mean "entry"?
#pragma D option quite => did you mean "quiet"?
#pragma D option bufpolicy=rign => it is one of ring, fill, switch
#pragma D optoin quiet => did you mean "#pragma D option"?
#pragam D option quiet => did you mean "#pragma"?
#pragma D depends_on library procf.d => did you mean "procfs.d"?
#pragma D depends_on provider sycall => did you mean "syscall"?
#pragma D depends_on modul vmlinux => it is one of library, module, provider
-x bufsiz=1m => did you mean "bufsize"?
-x bufresize=atuo => it is one of auto, manual
-x encoding=utf => it is one of ascii, utf8
-P sycall => no provider is called "sycall"; did you mean "syscall"?
BEGIN { trace(x); } =>
BEGIN { trace(nothing_is_near_this_name); } =>
ROWS
}

rows | {
	n=0
	while read -r row; do
		program="${row%% =>*}" wanted="${row##*=>}"
		case "$program" in
		-*) set -f && set -- $program && set +f && "$DTRACE" "$@" -e ;;
		*) "$DTRACE" -e -n "$program" ;;
		esac >"$TMP/out" 2>&1
		got="$(sed -n 's/^ *hint:/ /p' "$TMP/out")"
		[ "$got" = "${wanted:+ $wanted}" ] || echo "$program:$got"
		n=$((n + 1))
	done
	echo "$n rows"
}
