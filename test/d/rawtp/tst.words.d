/* SPDX-License-Identifier: MIT */
/*
 * rawtp fires as often as sdt at the same tracepoint, with the same words; those behind the last are
 * 0. A description without a provider means sdt's probe alone.
 * @@ args: -c "sh -c 'for i in 1 2 3 4 5; do /bin/true; done'"
 */
sdt:::sched_process_exec /ppid == $target/ { typed++; task = arg0; old = arg1; }
rawtp:::sched_process_exec /ppid == $target/ { raw++; same += arg0 == task && arg1 == old; none += arg5; }
rawtp:vmlinux::sched_process_exec { name = probename; }
END { printf("%d %d %d %d %s\n", typed, raw, same, none, name); }
