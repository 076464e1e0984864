/* SPDX-License-Identifier: MIT */
/* In a predicate neither. */
syscall::read:return /self->start/ { exit(0); }
