/* SPDX-License-Identifier: MIT */
/*
 * bufpolicy=ring keeps the newest records of each CPU, as many as there is room for, whatever comes: the
 * last ones without a gap, and nothing is dropped.
 * @@ runs: "$DTRACE" -q -x bufpolicy=ring -b 4k -s "$FILE" -c "taskset -c 0 $TRIGGERS/syscalls 100000" | awk '/^end/{end=$2} /^[0-9]/{if (n && $1 != last + 1) gaps++; last=$1; n++} END{print last == end - 1, gaps+0, (n > 20), (n <= 4096 / 16 * '"$(nproc --all)"')}'
 * @@ timeout: 60
 */
syscall::getppid:entry /pid == $target/ { printf("%d\n", n++); }
END { printf("end %d\n", n); }
