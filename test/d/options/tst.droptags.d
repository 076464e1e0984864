/* SPDX-License-Identifier: MIT */
/*
 * droptags names the kind of a drop in front of its message.
 * @@ runs: "$DTRACE" -q -x droptags -x bufpolicy=fill -b 4k -s "$FILE" -c "$TRIGGERS/syscalls 2000" 2>&1 | grep -o '^dtrace: .DTRACEDROP_[A-Z]*. [1-9]' | sed 's/[1-9]$//' | uniq
 */
syscall::getppid:entry /pid == $target/ { printf("%s", execname); }
