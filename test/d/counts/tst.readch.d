/* SPDX-License-Identifier: MIT */
/*
 * sysinfo:::readch and writech carry the bytes of a call.
 * @@ args: -c "$TRIGGERS/syscalls 300"
 */
sysinfo:::readch /pid == $target && arg0 == 16/ { r += arg0; }
sysinfo:::writech /pid == $target && arg0 == 8/ { w += arg0; }
END { printf("%d %d", r, w); }
