/* SPDX-License-Identifier: MIT */
/*
 * Measures what tracing costs the traced program:
 *
 *	cost [-r ROUNDS] [-l libdtrace.so] [-o ref.bpf.o] [VARIANT...]
 *
 * A loop of a system call, pinned to one CPU, is timed in chunks of 1000 calls: untraced, under the
 * hand-written programs of ref.bpf.c, and under D scripts that do the same jobs through libdtrace,
 * in this process.  The call is getppid(), or for variants named *.path access() of a file that
 * does not exist, for variants named *.fds lseek() of an open file, for variants named *.io, which
 * need a disk, $BENCH_DISK, pwrite() of its first block past the page cache, for variants named
 * *.port send() of a datagram over loopback, and for variants named *.switch sched_yield() to
 * another process on that CPU, and its back.  Each round attaches each variant once, in random
 * order, and the result is the median over all its chunks, so that other load disturbs all variants
 * alike.  Prints one line per variant, `NAME NANOSECONDS-PER-CALL EVENTS LOST`.  Lost events are
 * reported, since a tracer that drops is fast.  Called by bench/run.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "engine.h"

#define CHUNKS      40
#define CHUNK_CALLS 1000
#define WARM_CHUNKS 3
#define ROUND_CALLS ((CHUNKS + WARM_CHUNKS) * CHUNK_CALLS)
#define MAX_ROUNDS  201
#define SETTLE_US   15000 /* detaching a raw tracepoint finishes in the background */

struct variant {
	const char *name;
	const char *programs[2]; /* of ref.bpf.c, or */
	const char *script;      /* D */
	const char *map;         /* where ref.bpf.c counts what it saw */
	bool with_path;          /* access() instead of getppid() */
	bool with_file;          /* lseek() of an open file instead */
	bool with_disk;          /* pwrite() to a disk instead */
	bool with_switch;        /* two switches of tasks instead */
	bool with_socket;        /* send() of a datagram instead */
	bool sees_nothing;       /* its predicate never holds */
	struct bpf_object *object;
	double *chunk_ns;
	size_t nchunks;
	uint64_t events, expected;
};

/* There is no such file.  bench/README.md states the length. */
#define PATH "/nonexistent/a/path/of/forty/bytes/in/al"
_Static_assert(sizeof(PATH) - 1 == 40, "a path of 40 bytes");

#define LATENCY_SCRIPT                                                                    \
	"syscall::getppid:entry { self->began = timestamp; }\n"                           \
	"syscall::getppid:return /self->began/ { @ = quantize(timestamp - self->began); " \
	"self->began = 0; }"

#define IO_SCRIPT                                   \
	"io:::start { began[arg0] = timestamp; }\n" \
	"io:::done /began[arg0]/ { @ = quantize(timestamp - began[arg0]); began[arg0] = 0; }"
#define SWITCH_SCRIPT                                                                              \
	"sched:::on-cpu { self->began = timestamp; }\n"                                            \
	"sched:::off-cpu /self->began/ { @ = quantize(timestamp - self->began); self->began = 0; " \
	"}"

static struct variant variants[] = {
	{ .name = "untraced" },
	{ .name = "untraced.path", .with_path = true },
	{ .name = "untraced.fds", .with_file = true },
	{ .name = "untraced.io", .with_disk = true },
	{ .name = "ref.io",
	  .programs = { "io_start", "io_done" },
	  .map = "buckets",
	  .with_disk = true },
	{ .name = "d.io", .script = IO_SCRIPT, .with_disk = true },
	{ .name = "untraced.switch", .with_switch = true },
	{ .name = "ref.switch",
	  .programs = { "run_times" },
	  .map = "buckets",
	  .with_switch = true },
	{ .name = "d.switch", .script = SWITCH_SCRIPT, .with_switch = true },
	{ .name = "untraced.port", .with_socket = true },
	{ .name = "ref.port", .programs = { "count_port" }, .map = "by_port", .with_socket = true },
	{ .name = "ref.psargs", .programs = { "count_args" }, .map = "by_args" },
	{ .name = "ref.fds", .programs = { "count_path" }, .map = "by_path", .with_file = true },
	{ .name = "ref.count", .programs = { "count" }, .map = "total" },
	{ .name = "ref.execname", .programs = { "count_execname" }, .map = "by_execname" },
	{ .name = "ref.record", .programs = { "record" }, .map = "ring" },
	{ .name = "ref.latency",
	  .programs = { "latency_entry", "latency_return" },
	  .map = "buckets" },
	{ .name = "ref.latency-hash",
	  .programs = { "hash_latency_entry", "hash_latency_return" },
	  .map = "buckets" },
	{ .name = "ref.not-execname",
	  .programs = { "not_execname" },
	  .map = "total",
	  .sees_nothing = true },
	{ .name = "ref.not-pid", .programs = { "not_pid" }, .map = "total", .sees_nothing = true },
	{ .name = "d.count", .script = "syscall:::entry { @ = count(); }" },
	{ .name = "d.execname", .script = "syscall:::entry { @[execname] = count(); }" },
	{ .name = "d.record",
	  .script = "syscall:::entry { trace(timestamp); trace(pid); trace(execname); }" },
	{ .name = "d.latency", .script = LATENCY_SCRIPT },
	{ .name = "d.probefunc", .script = "syscall:::entry { @[probefunc] = count(); }" },
	{ .name = "d.not-execname",
	  .script = "syscall:::entry /execname == \"nosuch\"/ { @ = count(); }",
	  .sees_nothing = true },
	{ .name = "d.not-pid",
	  .script = "syscall:::entry /pid == 1234567/ { @ = count(); }",
	  .sees_nothing = true },
	{ .name = "d.psargs", .script = "syscall:::entry { @[curpsinfo->pr_psargs] = count(); }" },
	{ .name = "d.fds",
	  .script = "syscall::lseek:entry { @[fds[arg0].fi_pathname] = count(); }",
	  .with_file = true },
	{ .name = "d.port",
	  .script = "udp:::send { @[args[4]->udp_dport] = count(); }",
	  .with_socket = true },
	{ .name = "d.stack", .script = "syscall:::entry { @[stack()] = count(); }" },
	{ .name = "d.ustack", .script = "syscall:::entry { @[ustack()] = count(); }" },
	{ .name = "d.path",
	  .script = "syscall::access:entry { @[copyinstr(arg0)] = count(); }",
	  .with_path = true },
};

#define NVARIANTS (sizeof(variants) / sizeof(variants[0]))

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static void pin_to_last_cpu(void)
{
	cpu_set_t set;
	int last = -1;

	sched_getaffinity(0, sizeof(set), &set);
	for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
		if (CPU_ISSET(cpu, &set))
			last = cpu;
	}
	CPU_ZERO(&set);
	CPU_SET(last, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

/* A file that every machine has, in a mounted file system and three directories. */
#define OPEN_FILE "/proc/sys/kernel/random/uuid"

static int open_file(void)
{
	static int fd = -1;

	if (fd < 0)
		fd = open(OPEN_FILE, O_RDONLY | O_CLOEXEC);
	return fd;
}

#define BLOCK_BYTES 4096

/* A negative number: there is none. */
static int open_disk(void)
{
	static int fd = -1;

	if (fd < 0 && getenv("BENCH_DISK"))
		fd = open(getenv("BENCH_DISK"), O_WRONLY | O_DIRECT | O_CLOEXEC);
	return fd;
}

static void write_block(int fd)
{
	static _Alignas(BLOCK_BYTES) char block[BLOCK_BYTES];

	if (pwrite(fd, block, sizeof(block), 0) != sizeof(block))
		abort();
}

/*
 * Two processes on this CPU that offer it to each other, both of a priority at which nobody else
 * gets it.  The partner must begin before anything is attached, which it would keep attached.
 */
static int wake_partner = -1;
static volatile bool *together;

static void set_priority(int policy, int priority)
{
	const struct sched_param param = { .sched_priority = priority };

	sched_setscheduler(0, policy, &param);
}

static void start_partner(void)
{
	int ends[2];
	char byte;

	together = mmap(NULL, sizeof(*together), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
			-1, 0);
	if (together == MAP_FAILED || pipe2(ends, O_CLOEXEC))
		exit(1);
	wake_partner = ends[1];
	set_priority(SCHED_FIFO, 1);
	if (fork() > 0) {
		set_priority(SCHED_OTHER, 0);
		return;
	}
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	close(ends[1]);
	while (read(ends[0], &byte, 1) == 1)
		while (*together)
			sched_yield();
	_exit(0);
}

/* With the partner's priority as long as it runs, which else would not let it run. */
static void meet_partner(void)
{
	set_priority(SCHED_FIFO, 1);
	*together = true;
	if (write(wake_partner, "", 1) != 1)
		exit(1);
}

static void leave_partner(void)
{
	*together = false;
	sched_yield();
	set_priority(SCHED_OTHER, 0);
}

/* Nobody reads: once the other socket is full, all that arrives is thrown away. */
static int open_socket(void)
{
	static int from = -1;
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr = { htonl(0x7f000001) } };
	socklen_t size = sizeof(address);
	int to;

	if (from >= 0)
		return from;
	to = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	from = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (bind(to, (struct sockaddr *)&address, size) ||
	    getsockname(to, (struct sockaddr *)&address, &size) ||
	    connect(from, (struct sockaddr *)&address, size)) {
		perror("cost: sockets");
		exit(1);
	}
	return from;
}

static void call_in_chunk(const struct variant *v)
{
	int fd = v->with_file     ? open_file()
		 : v->with_disk   ? open_disk()
		 : v->with_socket ? open_socket()
				  : -1;

	if (v->with_path)
		for (int i = 0; i < CHUNK_CALLS; i++)
			syscall(SYS_access, PATH, F_OK);
	else if (v->with_file)
		for (int i = 0; i < CHUNK_CALLS; i++)
			syscall(SYS_lseek, fd, 0, SEEK_CUR);
	else if (v->with_disk)
		for (int i = 0; i < CHUNK_CALLS; i++)
			write_block(fd);
	else if (v->with_switch)
		for (int i = 0; i < CHUNK_CALLS; i++)
			sched_yield();
	else if (v->with_socket)
		for (int i = 0; i < CHUNK_CALLS; i++)
			send(fd, "x", 1, 0);
	else
		for (int i = 0; i < CHUNK_CALLS; i++)
			syscall(SYS_getppid);
}

static void time_chunks(struct variant *v)
{
	if (v->with_switch)
		meet_partner();
	for (int chunk = -WARM_CHUNKS; chunk < CHUNKS; chunk++) {
		uint64_t began = now_ns();

		call_in_chunk(v);
		if (chunk >= 0)
			v->chunk_ns[v->nchunks++] = (double)(now_ns() - began) / CHUNK_CALLS;
	}
	if (v->with_switch)
		leave_partner();
	v->expected += v->sees_nothing ? 0 : v->with_switch ? 2 * ROUND_CALLS : ROUND_CALLS;
}

/* Loads the reference's object with only this variant's programs and maps. */
static int load_reference(struct variant *v, const char *path)
{
	struct bpf_program *program;
	struct bpf_map *map;

	v->object = bpf_object__open_file(path, NULL);
	if (!v->object)
		return -errno;
	bpf_object__for_each_program(program, v->object)
	{
		bool mine = false;

		for (int i = 0; i < 2 && v->programs[i]; i++)
			mine |= !strcmp(bpf_program__name(program), v->programs[i]);
		bpf_program__set_autoload(program, mine);
	}
	bpf_object__for_each_map(map, v->object)
	{
		if (!strcmp(bpf_map__name(map), "ring") && strcmp(v->map, "ring"))
			bpf_map__set_max_entries(map, (unsigned int)getpagesize());
	}
	return bpf_object__load(v->object);
}

static int count_record(void *arg, void *data, size_t size)
{
	(void)data;
	(void)size;
	(*(uint64_t *)arg)++;
	return 0;
}

static uint64_t drain_ring(int fd)
{
	uint64_t records = 0;
	struct ring_buffer *ring = ring_buffer__new(fd, count_record, &records, NULL);

	if (ring) {
		ring_buffer__consume(ring);
		ring_buffer__free(ring);
	}
	return records;
}

/* The sum of a per-CPU map over keys and CPUs. Its values only grow; callers take differences. */
static uint64_t sum_map(const struct bpf_map *map)
{
	int fd = bpf_map__fd(map), ncpus = libbpf_num_possible_cpus();
	unsigned char key[256], *previous = NULL;
	uint64_t values[ncpus], sum = 0;

	while (bpf_map_get_next_key(fd, previous, key) == 0) {
		if (bpf_map_lookup_elem(fd, key, values) == 0) {
			for (int cpu = 0; cpu < ncpus; cpu++)
				sum += values[cpu];
		}
		previous = key;
	}
	return sum;
}

static uint64_t events_of_reference(struct variant *v)
{
	struct bpf_map *map = bpf_object__find_map_by_name(v->object, v->map);

	return strcmp(v->map, "ring") ? sum_map(map) : v->events + drain_ring(bpf_map__fd(map));
}

static int run_reference(struct variant *v)
{
	struct bpf_link *links[2] = { NULL, NULL };
	int error = 0;

	/* The return first: an entry without its return would leave its start time behind. */
	for (int i = 1; i >= 0 && !error; i--) {
		if (v->programs[i])
			links[i] = bpf_program__attach(
				bpf_object__find_program_by_name(v->object, v->programs[i]));
		error = v->programs[i] && !links[i] ? -errno : 0;
	}
	if (!error)
		time_chunks(v);
	for (int i = 0; i < 2; i++)
		bpf_link__destroy(links[i]);
	v->events = events_of_reference(v);
	return error;
}

static int run_script(struct variant *v, const struct engine *engine)
{
	struct engine_run run;

	if (engine_start(&run, engine, v->script, "16m"))
		return -1;
	time_chunks(v);
	engine_end(&run);
	v->events += run.total + run.firings;
	return 0;
}

static int run_variant(struct variant *v, const struct engine *engine)
{
	int error = 0;

	if (v->script)
		error = run_script(v, engine);
	else if (v->programs[0])
		error = run_reference(v);
	else
		time_chunks(v);
	usleep(SETTLE_US);
	return error;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void shuffle(struct variant **list, size_t n)
{
	for (size_t i = n; i > 1; i--) {
		size_t j = (size_t)rand() % i;
		struct variant *kept = list[i - 1];

		list[i - 1] = list[j];
		list[j] = kept;
	}
}

static void report(struct variant *v)
{
	uint64_t lost = v->expected > v->events && (v->script || v->programs[0])
				? v->expected - v->events
				: 0;

	if (!v->nchunks)
		return;
	qsort(v->chunk_ns, v->nchunks, sizeof(*v->chunk_ns), compare);
	printf("%s %.2f %llu %llu\n", v->name, v->chunk_ns[v->nchunks / 2],
	       (unsigned long long)v->events, (unsigned long long)lost);
}

static bool wanted(const struct variant *v, char **names)
{
	if (!*names)
		return true;
	for (; *names; names++) {
		if (!strncmp(v->name, *names, strlen(*names)))
			return true;
	}
	return false;
}

static int quiet_libbpf(enum libbpf_print_level level, const char *format, va_list args)
{
	return level == LIBBPF_WARN ? vfprintf(stderr, format, args) : 0;
}

int main(int argc, char **argv)
{
	const char *library = NULL, *object = NULL;
	struct variant *chosen[NVARIANTS];
	struct engine engine;
	size_t nchosen = 0;
	int rounds = 21, option;

	while ((option = getopt(argc, argv, "r:l:o:")) != -1) {
		switch (option) {
		case 'r': rounds = atoi(optarg); break;
		case 'l': library = optarg; break;
		case 'o': object = optarg; break;
		default: return 2;
		}
	}
	rounds = rounds < 1 ? 1 : rounds > MAX_ROUNDS ? MAX_ROUNDS : rounds;
	libbpf_set_print(quiet_libbpf);
	if (library && engine_load(&engine, library))
		library = NULL;
	for (size_t i = 0; i < NVARIANTS; i++) {
		struct variant *v = &variants[i];

		if (!wanted(v, argv + optind) || (v->script && !library) ||
		    (v->programs[0] && !object) || (v->with_disk && open_disk() < 0))
			continue;
		if (v->programs[0] && load_reference(v, object)) {
			fprintf(stderr, "bench: %s: %s\n", v->name, strerror(errno));
			continue;
		}
		v->chunk_ns = calloc((size_t)rounds * CHUNKS, sizeof(*v->chunk_ns));
		chosen[nchosen++] = v;
	}
	pin_to_last_cpu();
	start_partner();
	for (int round = 0; round < rounds; round++) {
		shuffle(chosen, nchosen);
		for (size_t i = 0; i < nchosen; i++) {
			if (run_variant(chosen[i], &engine))
				fprintf(stderr, "bench: %s failed\n", chosen[i]->name);
		}
	}
	for (size_t i = 0; i < NVARIANTS; i++)
		report(&variants[i]);
	return 0;
}
