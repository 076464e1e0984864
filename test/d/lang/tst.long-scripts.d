/* SPDX-License-Identifier: MIT */
/*
 * A script of twice the length takes about twice the time and memory to compile, whatever it is
 * long of.
 *
 * @@ runs: python3 ./long_scripts.py
 * @@ timeout: 120
 */
