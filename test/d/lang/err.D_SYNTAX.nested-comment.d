/* SPDX-License-Identifier: MIT */
/*
 * A comment in a comment.
 */
/* a /* b */ */
BEGIN { }
