/* SPDX-License-Identifier: MIT */
/* A structure that is not defined has no size. */
struct unknown_to_all *p;
BEGIN { print(*p); }
