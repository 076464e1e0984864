/* SPDX-License-Identifier: MIT */
/*
 * Without libraries their names are unknown.
 * @@ flags: -q -x nolibs -x errtags
 * @@ exit: 1
 */
BEGIN { trace(EINTR); exit(0); }
