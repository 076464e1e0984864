/* SPDX-License-Identifier: MIT */
/*
 * Every built-in that looks at stacks or at arguments works in the probes of every provider.
 *
 * @@ runs: python3 ./each_provider.py
 * @@ timeout: 60
 */
