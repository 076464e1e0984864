/* SPDX-License-Identifier: MIT */
/*
 * A macro variable that does not exist, in a description.
 */
pid$nosuch:::entry { }
