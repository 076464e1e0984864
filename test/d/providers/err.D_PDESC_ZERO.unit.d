/* SPDX-License-Identifier: MIT */
/*
 * A unit that is none.
 */
tick-5parsecs { }
