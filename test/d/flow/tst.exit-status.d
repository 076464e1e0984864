/* SPDX-License-Identifier: MIT */
/*
 * exit() gives the status of the command.
 * @@ exit: 3
 */
BEGIN { exit(3); }
