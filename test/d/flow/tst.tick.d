/* SPDX-License-Identifier: MIT */
/*
 * tick fires again and again until exit().
 */
tick-20ms { n++; }
tick-20ms /n == 5/ { printf("five"); exit(0); }
