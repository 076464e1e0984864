/* SPDX-License-Identifier: MIT */
/*
 * agghist, aggzoom, aggpack and plain distributions of small, negative, mixed and huge values and
 * weights, to the byte: what a model of the rules draws.
 * @@ runs: /usr/bin/python3 bars.py
 */
BEGIN { exit(0); }
