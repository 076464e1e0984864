/* SPDX-License-Identifier: MIT */
/*
 * trace() prints 8 byte integers in 16 columns, 4 in 8, 2 in 5, 1 in 3, after a blank, all with
 * the sign of their type.
 * @@ flags:
 */
BEGIN
{
	trace(1); trace(-1); trace(-1LL); trace((short)-1); trace((char)-1);
	trace((uint32_t)-1); trace((uint16_t)-1); trace((uint8_t)-1);
	exit(0);
}
