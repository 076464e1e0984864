/* SPDX-License-Identifier: MIT */
/* A description that names no provider that exists matches nothing. */
nosuch:::entry { exit(0); }
