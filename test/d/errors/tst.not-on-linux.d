/* SPDX-License-Identifier: MIT */
/*
 * What belongs to other systems is refused with the reason.
 * @@ runs: sh ./not_on_linux.sh
 */
BEGIN { exit(0); }
