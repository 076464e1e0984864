/* SPDX-License-Identifier: MIT */
/*
 * Declarations: several declarators, typedefs of structures, arrays and functions, forward
 * declarations, prototypes, qualifiers, storage classes, anonymous and unnamed members.
 */
typedef struct { int a; } pair_t;
typedef pair_t *pair_p;
typedef int four_t[4];
typedef unsigned long ulong_alias, *ulong_pointer;
struct later;
struct later *unknown;
extern int some_function(int, const char *);
volatile int watched;
const char *text;
int list[3], *pointer, **to_pointer;
self int *mine;
this char letter;
enum state { IDLE, BUSY = 5, DONE, FAILED = -1 };
enum state current;
struct packet {
	unsigned version : 3;
	int : 0;
	int sign : 5;
	union { int whole; struct { short low, high; }; };
	struct { char inner; } named;
	enum { RED, GREEN } colour;
};
struct packet packet;
union number { int i; char c[4]; } number;
pair_t pair;
four_t four;

BEGIN
{
	pair.a = 3;
	this->p = (pair_p)alloca(sizeof (pair_t)); this->p->a = 4;
	four[2] = 7;
	watched = 8;
	printf("%d %d %d %d %d\n", pair.a, this->p->a, four[2], sizeof (four), watched);
	pointer = (int *)alloca(8); pointer[1] = 9;
	to_pointer = (int **)alloca(8); *to_pointer = pointer;
	printf("%d %d %d\n", (*to_pointer)[1], *(pointer + 1), unknown == NULL);
	current = BUSY;
	printf("%d %d %d %d %d\n", current, DONE, FAILED, IDLE, sizeof (enum state));
	packet.version = 9; packet.sign = -3; packet.whole = 0x20001; packet.colour = GREEN;
	packet.named.inner = 'n';
	printf("%d %d %d %d %d %c\n", packet.version, packet.sign, packet.low, packet.high,
	    packet.colour, packet.named.inner);
	number.i = 0x41424344;
	printf("%c%c %d\n", number.c[0], number.c[3], sizeof (number));
	printf("%d %d %d %d\n", offsetof(struct packet, high), offsetof(struct packet, named.inner),
	    sizeof (struct packet), sizeof (ulong_pointer));
	exit(0);
}
