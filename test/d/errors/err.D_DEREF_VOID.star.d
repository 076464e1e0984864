/* SPDX-License-Identifier: MIT */
/* Nothing is known of what a void pointer points to. */
BEGIN { trace(*(void *)1); exit(0); }
