/* SPDX-License-Identifier: MIT */
/*
 * A probe description has four fields.
 */
a:b:c:d:e { }
