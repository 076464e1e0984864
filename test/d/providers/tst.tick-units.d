/* SPDX-License-Identifier: MIT */
/*
 * tick in several units, and how often each fires in a fifth of a second.
 * @@ alone:
 */
tick-50ms { ms++; }
tick-50000us { us++; }
tick-20hz { hz++; }
tick-20 { plain++; }
tick-240ms { printf("%d %d %d %d", ms, us, hz, plain); exit(0); }
