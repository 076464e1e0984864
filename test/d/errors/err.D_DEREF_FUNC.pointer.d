/* SPDX-License-Identifier: MIT */
/* What a pointer to a function points to is no value. */
struct f { int (*call)(int); };
struct f f;
BEGIN { trace(*f.call); }
