/* SPDX-License-Identifier: MIT */
/*
 * Under the message stand the line and a caret at the place.
 * @@ exit: 1
 */
BEGIN
{
	trace(1 +);
}
