/* SPDX-License-Identifier: MIT */
/* providers/: which probes there are, that their ids follow rules, the types of their arguments,
 * and where they are attached.  The code that providers emit is tested by D cases. */
#include <errno.h>
#include <stdlib.h>
#include "attach/raw_tp.h"
#include "attach/uprobe.h"
#include "base/util.h"
#include "providers/arch.h"
#include "providers/providers.h"
#include "providers/unwinding.h"
#include "symbols/symbols.h"
#include "test.h"
#include "types/types.h"

struct fixture {
	struct dt_env env;
	struct dt_probes probes;
};

static void open_table(struct fixture *f)
{
	*f = (struct fixture){ 0 };
	f->env.types = dt_types_new();
	f->env.objects = dt_objects_new();
	f->env.usyms = dt_usyms_new(f->env.objects);
	CHECK_INT(dt_probes_init(&f->probes, &f->env, dt_providers, dt_nproviders), 0);
}

static void close_table(struct fixture *f)
{
	dt_probes_free(&f->probes);
	dt_usyms_free(f->env.usyms);
	dt_objects_free(f->env.objects);
	dt_types_free(f->env.types);
}

static int last_one(struct dt_probe *probe, void *arg)
{
	*(struct dt_probe **)arg = probe;
	return 0;
}

static struct dt_probe *last;

static uint32_t match(struct fixture *f, const char *prov, const char *mod, const char *func,
		      const char *name)
{
	struct dt_pdesc desc = { prov, mod, func, name, 0 };
	uint32_t n = 0;

	last = NULL;
	CHECK_INT(dt_probes_match(&f->probes, &desc, last_one, &last, &n), 0);
	return n;
}

static const char *type_text(const struct dt_args *args, uint32_t n)
{
	static char buf[128];

	return n < args->n ? dt_type_name(args->arg[n].type, buf, sizeof(buf)) : "(none)";
}

static void ranges_of_ids_are_disjoint(void)
{
	for (size_t i = 0; i < dt_nproviders; i++)
		for (size_t j = 0; j < i; j++) {
			const struct dt_provider_ops *a = dt_providers[i], *b = dt_providers[j];

			CHECK(a->first_id + a->nids <= b->first_id ||
			      b->first_id + b->nids <= a->first_id);
			CHECK(strcmp(a->name, b->name));
		}
}

static void begin_end_and_error_have_roles(struct fixture *f)
{
	CHECK_INT(match(f, "dtrace", "", "", ""), 3);
	CHECK_INT(match(f, "", "", "", "BEGIN"), 1);
	CHECK_INT(last->id, 1);
	CHECK_INT(last->role, DT_ROLE_BEGIN);
	CHECK_INT(match(f, "dtrace", "", "", "E*"), 2);
	CHECK(dt_probes_by_id(&f->probes, 3)->role == DT_ROLE_ERROR);
}

static void syscalls_are_numbered_by_the_kernel(struct fixture *f)
{
	struct dt_args args;
	struct dt_point_key key;
	struct dt_probe *entry, *ret;

	CHECK_INT(match(f, "syscall", "", "read", "entry"), 1);
	entry = last;
	CHECK_INT(match(f, "syscall", "vmlinux", "read", "return"), 1);
	ret = last;
	CHECK_INT(ret->id, entry->id + 1);
	CHECK_INT(match(f, "syscall", "", "re?d", ""), 2);
	CHECK(match(f, "syscall", "", "", "") > 600);
	CHECK_INT(match(f, "syscall", "nosuch", "", ""), 0);
	CHECK(dt_probes_by_id(&f->probes, entry->id) == entry);

	CHECK_INT(entry->provider->ops->args(entry->provider, entry, &args), 0);
	CHECK_INT(args.n, 3);
	CHECK_STR(type_text(&args, 0), "unsigned int");
	CHECK_STR(type_text(&args, 1), "char *");
	CHECK(args.arg[1].is_user && !args.arg[0].is_user);
	CHECK_INT(entry->provider->ops->args(entry->provider, ret, &args), 0);
	CHECK_STR(type_text(&args, 0), "long");

	entry->provider->ops->point(entry->provider, entry, &key);
	CHECK(key.mech == &dt_mech_tp_btf);
	CHECK_STR(key.key, "sys_enter");
	entry->provider->ops->point(entry->provider, ret, &key);
	CHECK(key.mech == &dt_mech_tp_btf);
	CHECK_STR(key.key, "sys_exit");
}

/* Does the running kernel have the call? An older one need not know the types of newer calls'
 * arguments. */
static bool kernel_has(struct fixture *f, const char *call)
{
	struct dt_btf_target target;
	char name[128];

	snprintf(name, sizeof(name), "__x64_sys_%s", call);
	return dt_types_function(f->env.types, NULL, name, &target);
}

/* Every type in the table is one that can be parsed: a base type, or one that the kernel's BTF
 * knows. */
static void types_of_system_calls_are_known(struct fixture *f)
{
	uint32_t calls = 0;

	for (uint32_t i = 0; i < dt_arch.nsyscalls; i++) {
		char text[256], *save, *one;
		uint32_t n = 0;

		if (!dt_arch.syscalls[i].name)
			continue;
		calls++;
		if (!kernel_has(f, dt_arch.syscalls[i].name))
			continue;
		snprintf(text, sizeof(text), "%s", dt_arch.syscalls[i].args);
		for (one = strtok_r(text, ",", &save); one; one = strtok_r(NULL, ",", &save), n++) {
			bool known = dt_types_parse(f->env.types, one + strspn(one, " "));

			if (!known)
				fprintf(stderr, "%s: type of argument %u:%s\n",
					dt_arch.syscalls[i].name, n, one);
			CHECK(known);
		}
		CHECK(n <= 6);
	}
	CHECK(calls > 350);
}

static void rates_and_times_make_profile_probes(struct fixture *f)
{
	static const struct {
		const char *name;
		uint64_t period_ns; /* 0: no probe */
	} cases[] = {
		{ "profile-997", 1003009 },
		{ "profile-1hz", 1000000000 },
		{ "profile-10us", 10000 },
		{ "tick-1s", 1000000000 },
		{ "tick-100ms", 100000000 },
		{ "tick-2m", 120000000000 },
		{ "tick-1HOUR", 3600000000000 },
		{ "tick-1d", 86400000000000 },
		{ "tick-500usec", 500000 },
		{ "tick-20000nsec", 20000 },
		{ "tick-0", 0 },
		{ "tick-", 0 },
		{ "tick-1x", 0 },
		{ "tick-1ns", 0 },
		{ "profile-1000000", 0 },
		{ "profile-99999999999999999999", 0 },
		{ "tick-99999999d", 0 },
		{ "tock-1", 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		CHECK_INT(match(f, "profile", "", "", cases[i].name), cases[i].period_ns != 0);
		if (cases[i].period_ns && last)
			CHECK_INT(last->ndx, cases[i].period_ns);
	}
	CHECK(match(f, "profile", "", "", "profile-*") >= 7);
	CHECK_INT(match(f, "", "", "", "profile-97"), 1);
	CHECK(last->id < 1000);
}

static void tracepoints_have_typed_arguments(struct fixture *f)
{
	struct dt_args args;
	uint32_t all;

	if (!dt_types_has_btf(f->env.types, NULL))
		return;
	CHECK_INT(match(f, "sdt", "", "", "sched_switch"), 1);
	CHECK_INT(last->provider->ops->args(last->provider, last, &args), 0);
	CHECK_STR(type_text(&args, 0), "bool");
	CHECK_STR(type_text(&args, 1), "struct task_struct *");
	CHECK(dt_probes_by_id(&f->probes, last->id) == last);
	all = match(f, "sdt", "", "", "");
	CHECK(all > 300);
	CHECK(match(f, "sdt", "vmlinux", "", "sched_*") > 10);
	CHECK_INT(match(f, "sdt", "nosuchmodule", "", ""), 0);
}

static void sysinfo_stands_at_reads_and_writes(struct fixture *f)
{
	CHECK_INT(match(f, "sysinfo", "", "", "readch"), 5);
	CHECK_INT(match(f, "sysinfo", "", "pwrite64", "writech"), 1);
	CHECK(dt_probes_by_id(&f->probes, last->id) == last);
	CHECK_INT(match(f, "sysinfo", "", "open", ""), 0);
}

static void io_has_two_ways_and_translated_arguments(struct fixture *f)
{
	struct dt_args args;

	CHECK_INT(match(f, "io", "", "", "start"), 2);
	CHECK_INT(match(f, "io", "", "block_rq_complete", "done"), 1);
	CHECK(dt_probes_by_id(&f->probes, last->id) == last);
	CHECK_INT(last->provider->ops->args(last->provider, last, &args), 0);
	CHECK_INT(args.n, 3);
	CHECK_STR(type_text(&args, 0), "struct request *");
	CHECK_STR(args.arg[0].translated, "bufinfo_t *");
	CHECK_INT(match(f, "io", "", "", "wait-*"), 2);
}

static void what_linux_does_not_show_says_why(struct fixture *f)
{
	CHECK_INT(match(f, "vminfo", "", "", "swapin"), 0);
	CHECK(strstr(dt_strbuf_str(&f->probes.why), "whole processes"));
	CHECK_INT(match(f, "vminfo", "", "", "maj_fault"), 1);
	CHECK_INT(match(f, "fsinfo", "", "", "read"), 5);
	CHECK_INT(match(f, "fsinfo", "", "", "lookup"), 0);
}

__attribute__((noinline, noipa)) int a_function_of_this_program(int x)
{
	return x + 1;
}

__attribute__((noinline, noipa)) int another_function_of_this_program(int x)
{
	return x + 2;
}

static void functions_of_a_process_are_found(struct fixture *f)
{
	char prov[32];
	struct dt_point_key key;
	const struct dt_target *target;
	const struct dt_uprobe_target *uprobe;

	snprintf(prov, sizeof(prov), "pid%d", (int)getpid());
	CHECK_INT(match(f, prov, "a.out", "a_function_of_this_program", "entry"), 1);
	CHECK_INT(match(f, prov, "", "a_function_of_this_program", ""), 2);
	CHECK_INT(match(f, prov, "*providers*", "a_function_of_this_program", "return"), 1);
	CHECK_INT(last->provider->ops->point(last->provider, last, &key), 0);
	CHECK(key.mech == &dt_mech_uprobe); /* this program imports dlopen() */
	f->env.returns = DT_RETURNS_TRAMPOLINE;
	CHECK_INT(match(f, prov, "", "another_function_of_this_program", "return"), 1);
	CHECK_INT(last->provider->ops->point(last->provider, last, &key), 0);
	CHECK(key.mech == &dt_mech_uretprobe);
	CHECK_INT(last->provider->ops->target(last->provider, &key, &last, 1, f->probes.arena,
					      &target),
		  0);
	CHECK(target->mech == key.mech);
	uprobe = container_of(target, const struct dt_uprobe_target, target);
	CHECK_INT(uprobe->pid, getpid());
	CHECK(uprobe->n == 1 && uprobe->offsets[0] > 0);
	CHECK_INT(match(f, prov, "libc", "getpid", "entry"), 1);
	CHECK_INT(match(f, prov, "libc", "getpid", "0"), 1);
	CHECK_INT(match(f, prov, "libnosuch", "", ""), 0);
	CHECK(strstr(dt_strbuf_str(&f->probes.why), "libnosuch"));
	CHECK_INT(match(f, "pid999999999", "", "main", "entry"), 0);
	CHECK(strstr(dt_strbuf_str(&f->probes.why), "999999999"));
	CHECK_INT(match(f, "pidxyz", "", "", ""), 0);
}

/* A mangled name of C++ may have thousands of characters. */
static void names_may_be_long(struct fixture *f)
{
	struct dt_provider *prov = last->provider;
	struct dt_probe *one, *other;
	char func[5000];

	memset(func, 'x', sizeof(func) - 1);
	func[sizeof(func) - 1] = '\0';
	one = dt_probe_make(prov, 0, "pid1", "a.out", func, "entry");
	other = dt_probe_make(prov, 0, "pid1", "a.out", func, "return");
	CHECK(one && other && one != other);
	CHECK(dt_probe_make(prov, 0, "pid1", "a.out", func, "entry") == one);
	CHECK(one && dt_probes_by_id(&f->probes, one->id) == one);
}

int main(void)
{
	struct fixture f;

	ranges_of_ids_are_disjoint();
	open_table(&f);
	begin_end_and_error_have_roles(&f);
	syscalls_are_numbered_by_the_kernel(&f);
	types_of_system_calls_are_known(&f);
	rates_and_times_make_profile_probes(&f);
	tracepoints_have_typed_arguments(&f);
	sysinfo_stands_at_reads_and_writes(&f);
	io_has_two_ways_and_translated_arguments(&f);
	what_linux_does_not_show_says_why(&f);
	match(&f, "dtrace", "", "", "BEGIN");
	names_may_be_long(&f);
	functions_of_a_process_are_found(&f);
	a_function_of_this_program(1);
	another_function_of_this_program(1);
	close_table(&f);
	return test_end();
}
