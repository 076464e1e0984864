/* SPDX-License-Identifier: MIT */
/*
 * A character constant holds a character.
 */
BEGIN { trace(''); }
