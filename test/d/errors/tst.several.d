/* SPDX-License-Identifier: MIT */
/*
 * Behind a clause that has an error the next one is checked; what follows from an error that is
 * shown is not.
 * @@ runs: "$DTRACE" -xerrtags -s several.d
 * @@ exit: 1
 */
BEGIN { exit(0); }
