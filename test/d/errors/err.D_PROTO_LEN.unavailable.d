/* SPDX-License-Identifier: MIT */
/* A wrong use of a function that is not available is reported as one. */
BEGIN { panic(1); }
