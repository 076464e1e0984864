/* SPDX-License-Identifier: MIT */
/*
 * Structures that the program declares are laid out as C does it, and read through pointers.
 */
struct packet { uint8_t kind; uint32_t size; union { uint64_t whole; uint8_t byte[8]; } u; struct packet *next; };
BEGIN {
	printf("%d %d %d %d %d", sizeof (struct packet), offsetof(struct packet, size), offsetof(struct packet, u), offsetof(struct packet, next),
	    sizeof (((struct packet *)0)->u.byte));
	exit(0);
}
