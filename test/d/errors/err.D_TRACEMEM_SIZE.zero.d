/* SPDX-License-Identifier: MIT */
/* And a size. */
BEGIN { tracemem(curthread, 0); exit(0); }
