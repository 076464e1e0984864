/* SPDX-License-Identifier: MIT */
/* A right use of a function that is not available. */
BEGIN { panic(); }
