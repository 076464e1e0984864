/* SPDX-License-Identifier: MIT */
/*
 * sysread and syswrite count calls, readch and writech bytes.
 * @@ args: -c "$TRIGGERS/syscalls 25"
 */
sysinfo::read:sysread, sysinfo::write:syswrite /pid == $target/ { @calls[probename] = sum(arg0); }
sysinfo::write:writech /pid == $target/ { @bytes[probename] = sum(arg0); }
END { trunc(@calls, -1); printa("%s %@d\n", @calls); printa("%s %@d\n", @bytes); }
