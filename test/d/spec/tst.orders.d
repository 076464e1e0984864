/* SPDX-License-Identifier: MIT */
/*
 * Every order of three of speculation(), speculate(), commit() and discard() behind a first
 * speculation(), each in a clause of its own: what a model of them prints.
 * @@ runs: /usr/bin/python3 orders.py
 */
BEGIN { exit(0); }
