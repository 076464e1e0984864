/* SPDX-License-Identifier: MIT */
/*
 * A comment without an end.
 */
BEGIN { } /* and so on
