/* SPDX-License-Identifier: MIT */
/*
 * What neither an earlier clause nor this one assigns stays unknown.
 */
BEGIN /self->never/ { self->other = 1; }
