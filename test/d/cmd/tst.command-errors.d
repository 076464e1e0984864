/* SPDX-License-Identifier: MIT */
/*
 * A command that cannot be run is one error with one reason. Its end by a signal is reported, also
 * by one without a name.
 * @@ runs: sh ./command-errors.sh
 */
BEGIN { exit(0); }
