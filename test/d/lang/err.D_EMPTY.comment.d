/* SPDX-License-Identifier: MIT */
/*
 * A program holds more than comments.
 */

