/* SPDX-License-Identifier: MIT */
/*
 * evaltime says where the process of -c is held until tracing begins: before or after its libraries
 * are opened.
 * @@ runs: for e in exec preinit postinit main; do "$DTRACE" -qx evaltime=$e -c /bin/true -n 'syscall::openat:entry /pid == $target/ { n++; } END { printf("%s ", n ? "opens" : "opened"); }'; done
 */
BEGIN { exit(0); }
