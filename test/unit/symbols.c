/* SPDX-License-Identifier: MIT */
/*
 * symbols/: addresses and names agree with what the linker, the kernel and nm say.  Processes keep
 * their names after their end, stripped files find theirs in a debug file, and just-in-time code
 * has the names of its perf map.
 */
#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "base/util.h"
#include "symbols/symbols.h"
#include "test.h"

static char text[512];
static struct dt_objects *objects;
static struct dt_usyms *us;

__attribute__((noinline)) int own_function(int x)
{
	__asm__ volatile("");
	return x + 1;
}

static int own_data[4] = { 1 };

static int count(const struct dt_ksym *sym, void *arg)
{
	*(int *)arg += dt_ksym_is_func(sym);
	return 0;
}

static void test_kernel(void)
{
	struct dt_ksyms *ks = dt_ksyms_new();
	uint64_t start = dt_now_ns();
	struct dt_ksym sym, again;
	char want[128];
	int n = 0;

	if (!dt_ksyms_name(ks, NULL, "vfs_read", &sym) || !sym.addr) {
		printf("kernel symbols are hidden here\n");
		dt_ksyms_free(ks);
		return;
	}
	printf("kernel symbols: %.1f ms\n", (double)(dt_now_ns() - start) / 1e6);
	CHECK_STR(sym.module, "vmlinux");
	CHECK(sym.size > 16);
	CHECK(dt_ksym_is_func(&sym));
	CHECK(dt_ksyms_addr(ks, sym.addr + 5, &again));
	CHECK_STR(again.name, "vfs_read");
	dt_ksyms_text(ks, sym.addr + 18, DT_SYMTEXT_OFFSET, text, sizeof(text));
	CHECK_STR(text, "vmlinux`vfs_read+0x12");
	CHECK_INT(dt_ksyms_text(ks, sym.addr, DT_SYMTEXT_OFFSET, text, sizeof(text)),
		  strlen("vmlinux`vfs_read"));
	CHECK_STR(text, "vmlinux`vfs_read");
	dt_ksyms_text(ks, sym.addr + sym.size, DT_SYMTEXT_RETURN, text, sizeof(text));
	snprintf(want, sizeof(want), "vmlinux`%s+0x%llx", sym.name, (unsigned long long)sym.size);
	CHECK_STR(text, want);
	dt_ksyms_text(ks, sym.addr + 18, DT_SYMTEXT_NAME, text, sizeof(text));
	CHECK_STR(text, "vmlinux`vfs_read");
	dt_ksyms_text(ks, sym.addr + 18, DT_SYMTEXT_MODULE, text, sizeof(text));
	CHECK_STR(text, "vmlinux");
	dt_ksyms_text(ks, 0x1234, DT_SYMTEXT_OFFSET, text, sizeof(text));
	CHECK_STR(text, "0x1234");
	CHECK_INT(dt_ksyms_text(ks, sym.addr, DT_SYMTEXT_OFFSET, text, 4),
		  strlen("vmlinux`vfs_read"));
	CHECK_STR(text, "vml");
	CHECK(!dt_ksyms_name(ks, NULL, "no_such_symbol_at_all", &sym));
	CHECK(!dt_ksyms_name(ks, "no_such_module", "vfs_read", &sym));
	CHECK(dt_ksyms_count(ks, NULL, "vfs_read") == 1);
	CHECK(dt_ksyms_has_module(ks, "vmlinux"));
	CHECK(dt_ksyms_each(ks, "vmlinux", count, &n) == 0 && n > 10000);
	dt_ksyms_reload(ks);
	CHECK(dt_ksyms_name(ks, "vmlinux", "vfs_write", &again));
	snprintf(want, sizeof(want), "vmlinux`%s", again.name);
	dt_ksyms_text(ks, again.addr, DT_SYMTEXT_OFFSET, text, sizeof(text));
	CHECK_STR(text, want);
	dt_ksyms_free(ks);
}

static int find_own(const struct dt_osym *sym, void *arg)
{
	if (!strcmp(sym->name, "own_function"))
		*(uint64_t *)arg = sym->offset;
	return 0;
}

static void test_object(void)
{
	struct dt_object *obj, *again;
	uint64_t offset = 0;
	uint8_t code[8];
	struct dt_osym sym;
	size_t len;

	CHECK_INT(dt_object_open(objects, "/proc/self/exe", &obj), 0);
	CHECK(dt_object_name(obj, "own_function", &sym));
	CHECK_INT(sym.type, STT_FUNC);
	CHECK_INT(dt_object_read(obj, sym.offset, code, sizeof(code)), sizeof(code));
	CHECK(!memcmp(code, (void *)own_function, sizeof(code)));
	CHECK(dt_object_each_function(obj, find_own, &offset) == 0 && offset == sym.offset);
	CHECK_INT(dt_object_offset_to_addr(obj, sym.offset), sym.addr);
	CHECK(dt_object_name(obj, "own_data", &sym) && sym.type == STT_OBJECT &&
	      sym.size == sizeof(own_data));
	CHECK(dt_object_addr(obj, sym.addr + 7, &sym));
	CHECK_STR(sym.name, "own_data");
	CHECK(!dt_object_name(obj, "not_there", &sym));
	CHECK(dt_object_build_id(obj, &len) && len == 20);
	CHECK(dt_object_is_64(obj));
	snprintf(text, sizeof(text), "/proc/%d/exe", (int)getpid());
	CHECK(dt_object_open(objects, text, &again) == 0 && again == obj);
	CHECK_INT(dt_object_open(objects, "/etc/passwd", &again), -ENOEXEC);
	CHECK_INT(dt_object_open(objects, "/nonexistent", &again), -ENOENT);
	CHECK_INT(dt_object_open(objects, "/dev/null", &again), -ENOEXEC);
}

static const char *own(const void *addr, enum dt_symtext how)
{
	dt_usyms_text(us, getpid(), (uint64_t)addr, how, text, sizeof(text));
	return text;
}

static void test_self(void)
{
	static char want[256];
	uint64_t start = dt_now_ns();
	void *heap = malloc(1 << 20);
	struct dt_usym sym;
	Dl_info info;

	snprintf(want, sizeof(want), "%s`own_function+0x2", program_invocation_short_name);
	CHECK_STR(own((char *)own_function + 2, DT_SYMTEXT_OFFSET), want);
	printf("first user symbol: %.2f ms\n", (double)(dt_now_ns() - start) / 1e6);
	start = dt_now_ns();
	own(getenv, DT_SYMTEXT_OFFSET);
	printf("first symbol of libc: %.2f ms\n", (double)(dt_now_ns() - start) / 1e6);
	snprintf(want, sizeof(want), "%s`own_function", program_invocation_short_name);
	CHECK_STR(own((char *)own_function + 2, DT_SYMTEXT_NAME), want);
	CHECK_STR(own(own_function, DT_SYMTEXT_OFFSET), want);
	CHECK_STR(own((char *)own_function + 2, DT_SYMTEXT_MODULE), program_invocation_short_name);
	snprintf(want, sizeof(want), "%s`own_function+0x2", program_invocation_short_name);
	CHECK_STR(own((char *)own_function + 2, DT_SYMTEXT_RETURN), want);
	CHECK(!strstr(own(own_function, DT_SYMTEXT_RETURN), "own_function"));
	CHECK(dladdr(dlsym(RTLD_DEFAULT, "qsort"), &info));
	if (!strstr(info.dli_fname, "asan")) /* it wraps qsort */
		CHECK_STR(own(info.dli_saddr, DT_SYMTEXT_OFFSET), "libc.so.6`qsort");
	CHECK(dt_usyms_addr(us, getpid(), (uint64_t)own_data + 4, &sym) &&
	      sym.addr == (uint64_t)own_data && sym.offset == 4);
	CHECK(sym.map.writable && !sym.map.executable);
	snprintf(want, sizeof(want), "0x%llx", (unsigned long long)heap);
	CHECK_STR(own(heap, DT_SYMTEXT_OFFSET), want);
	CHECK_STR(own(heap, DT_SYMTEXT_MODULE), want);
	CHECK_STR(own((void *)16, DT_SYMTEXT_OFFSET), "0x10");
	dt_usyms_text(us, 0, 0x4711, DT_SYMTEXT_OFFSET, text, sizeof(text));
	CHECK_STR(text, "0x4711");
	if (getauxval(AT_SYSINFO_EHDR))
		CHECK_STR(own((void *)getauxval(AT_SYSINFO_EHDR), DT_SYMTEXT_MODULE), "[vdso]");
	free(heap);
}

/* The vdso's own symbol table names the clock. */
static void test_vdso(void)
{
	struct dt_osym sym;
	struct dt_usym at;
	void *vdso = dlopen("linux-vdso.so.1", RTLD_NOLOAD | RTLD_LAZY);
	void *clock = vdso ? dlsym(vdso, "__vdso_clock_gettime") : NULL;

	(void)sym;
	if (!clock)
		return;
	CHECK(dt_usyms_addr(us, getpid(), (uint64_t)clock, &at));
	CHECK(at.name && strstr(at.name, "clock_gettime"));
}

static int first_object(const struct dt_mapping *map, const char *open_path, bool is_program,
			void *arg)
{
	(void)map;
	CHECK(is_program);
	snprintf(arg, 256, "%s", open_path);
	return 1;
}

static int count_objects(const struct dt_mapping *map, const char *open_path, bool is_program,
			 void *arg)
{
	(void)open_path;
	CHECK(map->executable);
	CHECK(*(int *)arg == 0 ? is_program : !is_program);
	++*(int *)arg;
	return 0;
}

/* A process that has ended keeps its names, if it was looked at before. */
static void test_ended(void)
{
	char self[256] = "", path[256] = "", want[300];
	pid_t pid = fork();
	int n = 0;

	if (!pid) {
		pause();
		_exit(0);
	}
	CHECK(readlink("/proc/self/exe", self, sizeof(self) - 1) > 0);
	CHECK_INT(dt_usyms_each_object(us, pid, first_object, path), 1);
	CHECK_STR(path, self);
	CHECK_INT(dt_usyms_each_object(us, pid, count_objects, &n), 0);
	CHECK(n >= 3);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	snprintf(want, sizeof(want), "%s`own_function", program_invocation_short_name);
	dt_usyms_text(us, pid, (uint64_t)own_function, DT_SYMTEXT_OFFSET, text, sizeof(text));
	CHECK_STR(text, want);
	CHECK_INT(dt_usyms_snapshot(us, pid), -ESRCH);
	dt_usyms_forget(us, pid);
	dt_usyms_text(us, pid, (uint64_t)own_function, DT_SYMTEXT_MODULE, text, sizeof(text));
	snprintf(want, sizeof(want), "0x%llx", (unsigned long long)own_function);
	CHECK_STR(text, want);
}

static void test_jit(void)
{
	uint8_t *code = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
			     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char path[64];
	FILE *f;

	snprintf(path, sizeof(path), "/tmp/perf-%d.map", (int)getpid());
	f = fopen(path, "w");
	fprintf(f, "%llx 20 py::old:/x.py\n%llx 20 py::foo:/x.py\n",
		(unsigned long long)(code + 64), (unsigned long long)(code + 64));
	fclose(f);
	nanosleep(&(struct timespec){ 0, 20000000 }, NULL);
	CHECK_STR(own(code + 66, DT_SYMTEXT_OFFSET), "[jit]`py::foo:/x.py+0x2");
	f = fopen(path, "a");
	fprintf(f, "%llx 10 later\n", (unsigned long long)(code + 512));
	fclose(f);
	/* A map that grows is read again after ten times the time that reading it took. */
	for (int i = 0; i < 200 && !strstr(own(code + 512, DT_SYMTEXT_OFFSET), "later"); i++)
		nanosleep(&(struct timespec){ 0, 20000000 }, NULL);
	CHECK_STR(own(code + 512, DT_SYMTEXT_OFFSET), "[jit]`later");
	unlink(path);
	munmap(code, 4096);
}

/* strip leaves .dynsym only; the debug file beside the program has the rest. */
static void test_debuglink(void)
{
	static const char script[] =
		"d=$(mktemp -d) && cd $d && cp /proc/%d/exe prog && objcopy --only-keep-debug prog "
		"prog.debug && "
		"strip -s prog && objcopy --add-gnu-debuglink=prog.debug prog && pwd";
	char command[512], dir[128] = "", path[160];
	struct dt_object *obj;
	struct dt_osym sym, want;
	FILE *f;

	if (system("command -v objcopy >/dev/null") != 0)
		return;
	CHECK(dt_object_open(objects, "/proc/self/exe", &obj) == 0 &&
	      dt_object_name(obj, "own_function", &want));
	snprintf(command, sizeof(command), script, (int)getpid());
	f = popen(command, "r");
	CHECK(f && fgets(dir, sizeof(dir), f));
	pclose(f);
	dir[strcspn(dir, "\n")] = '\0';
	snprintf(path, sizeof(path), "%s/prog", dir);
	CHECK_INT(dt_object_open(objects, path, &obj), 0);
	CHECK(dt_object_name(obj, "own_function", &sym) && sym.offset == want.offset &&
	      sym.addr == want.addr);
	snprintf(command, sizeof(command), "rm -r '%s'", dir);
	CHECK(system(command) == 0);
}

/* ---- a process that wants its tracer to open other files than its own ---- */

/* A process in the directory DIR as its root; it has the mappings of this one. */
static pid_t in_root(const char *dir)
{
	int ready[2];
	char byte;
	pid_t pid;

	if (pipe(ready) != 0)
		return -1;
	pid = fork();
	if (!pid) {
		close(ready[0]);
		if (chroot(dir) != 0 || chdir("/") != 0)
			_exit(1);
		if (write(ready[1], "x", 1) == 1)
			pause();
		_exit(0);
	}
	close(ready[1]);
	if (read(ready[0], &byte, 1) != 1) {
		waitpid(pid, NULL, 0);
		pid = -1;
	}
	close(ready[0]);
	return pid;
}

static int shell(const char *format, ...)
{
	char command[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(command, sizeof(command), format, args);
	va_end(args);
	return system(command);
}

static int open_in_root(pid_t pid, const char *name)
{
	struct dt_object *obj;
	char path[128];

	snprintf(path, sizeof(path), "/proc/%d/root/%s", (int)pid, name);
	return dt_object_open(objects, path, &obj);
}

/* Links stay within the process's root, and what is no regular file is not opened. */
static void test_hostile_files(const char *dir, pid_t pid)
{
	struct dt_object *obj;
	struct dt_osym sym;
	char path[160];

	alarm(20); /* opening a fifo would last for ever */
	CHECK_INT(shell("cd %s && mkdir in && cp /proc/%d/exe in/prog && cp in/prog %s-outside && "
			"ln -s %s-outside absolute && ln -s ../../../../../../../%s-outside climbs "
			"&& ln -s /in/prog stays && ln -s /proc/self/exe magic && mkfifo fifo && "
			"ln -s fifo to-fifo && ln -s /dev/null device",
			dir, (int)getpid(), dir, dir, dir),
		  0);
	CHECK_INT(open_in_root(pid, "in/prog"), 0);
	CHECK_INT(open_in_root(pid, "stays"), 0);
	CHECK_INT(open_in_root(pid, "absolute"), -ENOENT);
	CHECK_INT(open_in_root(pid, "climbs"), -ENOENT);
	CHECK_INT(open_in_root(pid, "magic"), -ENOENT);
	CHECK_INT(open_in_root(pid, "device"), -ENOENT);
	CHECK_INT(open_in_root(pid, "fifo"), -ENOEXEC);
	CHECK_INT(open_in_root(pid, "to-fifo"), -ENOEXEC);
	CHECK_INT(open_in_root(pid, ""), -ENOEXEC);

	/* a fifo where the debug file would be, and a link to one outside */
	if (system("command -v objcopy >/dev/null") == 0) {
		CHECK_INT(shell("cd %s/in && objcopy --only-keep-debug prog outside.debug && "
				"strip -s prog && cp outside.debug prog.debug && "
				"objcopy --add-gnu-debuglink=prog.debug prog && cp prog prog2 && "
				"rm prog.debug && mkdir .debug && mkfifo prog.debug && "
				"mv outside.debug %s-outside && ln -s %s-outside .debug/prog.debug",
				dir, dir, dir),
			  0);
		snprintf(path, sizeof(path), "/proc/%d/root/in/prog2", (int)pid);
		CHECK_INT(dt_object_open(objects, path, &obj), 0);
		CHECK(!dt_object_name(obj, "own_data", &sym));
	}
	alarm(0);
}

static const char *jit_name(pid_t pid, const void *code)
{
	dt_usyms_forget(us, pid);
	dt_usyms_text(us, pid, (uint64_t)code, DT_SYMTEXT_OFFSET, text, sizeof(text));
	return text;
}

/* The names of code made at run time are taken from the user's own file of a sensible size. */
static void test_hostile_perfmap(const char *dir, pid_t pid, const void *code)
{
	char none[32], map[160];
	uint64_t began_ns;

	snprintf(none, sizeof(none), "0x%llx", (unsigned long long)code);
	snprintf(map, sizeof(map), "%s/tmp/perf-%d.map", dir, (int)pid);
	alarm(20);
	CHECK_INT(shell("mkdir %s/tmp && echo '%llx 10 inner' >%s", dir, (unsigned long long)code,
			map),
		  0);
	CHECK_STR(jit_name(pid, code), "[jit]`inner");
	CHECK_INT(shell("chown 12345 %s", map), 0);
	CHECK_STR(jit_name(pid, code), none);
	CHECK_INT(shell("chown 0 %s && truncate -s 8G %s", map, map), 0);
	began_ns = dt_now_ns();
	CHECK_STR(jit_name(pid, code), none);
	CHECK(dt_now_ns() - began_ns < 1000000000);
	CHECK_INT(shell("mv %s %s/tmp/other && truncate -s 100 %s/tmp/other && ln -s other %s", map,
			dir, dir, map),
		  0);
	CHECK_STR(jit_name(pid, code), none);
	CHECK_INT(shell("rm %s && mkfifo %s", map, map), 0);
	CHECK_STR(jit_name(pid, code), none);
	alarm(0);
}

/* A process may cut off its files while they are looked at. */
static void test_truncated(const char *dir)
{
	static const char *const cut[] = { "early", "late" };
	struct dt_object *obj;
	uint64_t offset = 0;
	struct dt_osym sym;
	char path[160], code[8];

	for (size_t i = 0; i < ARRAY_SIZE(cut); i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, cut[i]);
		CHECK_INT(shell("cp /proc/%d/exe %s", (int)getpid(), path), 0);
		CHECK_INT(dt_object_open(objects, path, &obj), 0);
		if (i == 1) /* the symbols have been read */
			CHECK(dt_object_name(obj, "own_function", &sym));
		CHECK_INT(truncate(path, 64), 0);
		CHECK(dt_object_name(obj, "own_function", &sym) == (i == 1));
		CHECK(dt_object_each_function(obj, find_own, &offset) == 0);
		CHECK(dt_object_read(obj, 4096, code, sizeof(code)) <= 0);
		dt_object_has_section(obj, ".text");
	}
}

static void test_hostile(void)
{
	void *code = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char dir[] = "/tmp/hostile-XXXXXX";
	pid_t pid;

	CHECK(mkdtemp(dir) != NULL);
	test_truncated(dir);
	pid = in_root(dir);
	if (pid < 0) {
		printf("chroot() is not permitted here\n");
	} else {
		test_hostile_files(dir, pid);
		test_hostile_perfmap(dir, pid, code);
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
	munmap(code, 4096);
	CHECK_INT(shell("rm -r %s %s-outside", dir, dir), 0);
}

static void test_demangle(void)
{
	static const struct {
		const char *mangled, *plain;
	} rows[] = {
		{ "_ZNSt6vectorIiSaIiEE9push_backEOi",
		  "std::vector<int, std::allocator<int> >::push_back(int&&)" },
		{ "_ZN4core3fmt5write17h0123456789abcdefE", "core::fmt::write" },
		{ "malloc", NULL },
		{ "_Zgarbage", NULL },
	};
	struct dt_demangler *d = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_free_ char *plain = dt_demangle(&d, rows[i].mangled);

		if (rows[i].plain)
			CHECK_STR(plain, rows[i].plain);
		else
			CHECK(!plain);
	}
	dt_demangler_free(d);
}

int main(void)
{
	objects = dt_objects_new();
	us = dt_usyms_new(objects);
	test_kernel();
	test_object();
	test_self();
	test_vdso();
	test_ended();
	test_jit();
	test_debuglink();
	test_hostile();
	test_demangle();
	own_function(0);
	dt_usyms_free(us);
	dt_objects_free(objects);
	return test_end();
}
