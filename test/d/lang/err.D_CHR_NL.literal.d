/* SPDX-License-Identifier: MIT */
/*
 * A character constant ends on its line.
 */
BEGIN { trace('a
'); }
