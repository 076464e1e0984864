/* SPDX-License-Identifier: MIT */
/* Byte order: each pair of functions is its own inverse, and swaps on a little-endian machine. */
BEGIN
{
	printf("%x %x %llx\n", htons(0x1234), htonl(0x12345678), htonll(0x0102030405060708));
	printf("%x %x %llx\n", ntohs(0x3412), ntohl(0x78563412), ntohll(0x0807060504030201));
	printf("%x %x\n", htons(0xffff1234), htonl(-2));
	exit(0);
}
