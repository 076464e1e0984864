/* SPDX-License-Identifier: MIT */
/*
 * The command line.  It is read twice, as in dtrace(1) on other systems.  The first pass, before a
 * handle exists, finds the mode of the run.  The second one sets options on the handle and collects
 * the programs, from left to right.  Words between options are macro arguments.
 */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include "cmd.h"

/* With the leading + glibc does not reorder the words. */
static const char optstring[] = "+3:6:aAb:Bc:CdD:ef:FGhHi:I:lL:m:n:o:Op:P:qs:SU:vVwW:x:X:Z";

enum { OPTION_HELP = 256, OPTION_VERSION, OPTION_FEATURES }; /* above all characters */

static const struct option long_options[] = {
	{ "help", no_argument, NULL, OPTION_HELP },
	{ "version", no_argument, NULL, OPTION_VERSION },
	{ "features", no_argument, NULL, OPTION_FEATURES },
	{ NULL, 0, NULL, 0 },
};

static const char *const summaries[] = {
	"-a  claim anonymous tracing state (not on Linux)",
	"-A  generate anonymous enablings (not on Linux)",
	"-b  set trace buffer size",
	"-c  run specified command and exit upon its completion",
	"-C  run the C preprocessor on program files",
	"-d  print the programs, as they have been understood",
	"-D  define a name for the preprocessor",
	"-e  exit after compiling, before anything is enabled",
	"-f  enable or list probes matching the specified function name",
	"-F  coalesce trace output by function",
	"-G  generate an object file with the program's probes",
	"-h  generate a header file with definitions of static probes",
	"-H  print included files when invoking the preprocessor",
	"-i  enable or list probes matching the specified probe id",
	"-I  add an include directory to the preprocessor's search path",
	"-l  list probes matching specified criteria",
	"-L  add a directory with D libraries",
	"-m  enable or list probes matching the specified module name",
	"-n  enable or list probes matching the specified probe name",
	"-o  append output to a file",
	"-O  print aggregations upon exiting with structured output (always done)",
	"-p  grab the specified process id and cache its symbols",
	"-P  enable or list probes matching the specified provider name",
	"-q  set quiet mode: only output explicitly traced data",
	"-s  enable or list probes according to the specified D script",
	"-S  print generated code",
	"-U  undefine a name for the preprocessor",
	"-v  report stability attributes and arguments",
	"-V  report the version of D",
	"-w  permit destructive actions",
	"-W  wait until a program of the specified name is executed, and grab its process",
	"-x  enable or modify an option of the compiler or of tracing",
	"-X  specify ISO C conformance of the preprocessor",
	"-Z  permit probe descriptions that match no probes",
	"--features show what the running kernel offers",
	"--help     show this text",
	"--version  report the versions of this program and of D",
};

static void show_usage(struct cmd *cmd, FILE *out)
{
	static const char *const forms[] = { "-P provider", "-m [ provider: ] module",
					     "-f [[ provider: ] module: ] func",
					     "-n [[[ provider: ] module: ] func: ] name",
					     "-i probe-id" };
	size_t nforms = sizeof(forms) / sizeof(forms[0]);

	fprintf(out,
		"Usage: %s [-32|-64] [-aACdeFGhHlqSvVwZ] [-b bufsz] [-c cmd] [-D name[=def]]\n"
		"\t[-I path] [-L path] [-o output] [-p pid] [-s script] [-U name]\n"
		"\t[-W name] [-x opt[=val]] [-X a|c|s|t]\n\n",
		cmd->name);
	for (size_t i = 0; i < nforms; i++)
		fprintf(out, "\t[%s [[ predicate ] action ]]%s\n", forms[i],
			i + 1 == nforms ? " [ args ... ]\n" : "");
	fprintf(out, "\tpredicate -> '/' D-expression '/'\n\t   action -> '{' D-statements '}'\n\n"
		     "\t-32 generate 32-bit D programs\n\t-64 generate 64-bit D programs\n\n");
	for (size_t i = 0; i < sizeof(summaries) / sizeof(summaries[0]); i++)
		fprintf(out, "\t%s\n", summaries[i]);
}

static _Noreturn void usage(struct cmd *cmd)
{
	show_usage(cmd, stderr);
	exit(EXIT_USAGE);
}

static _Noreturn void refuse(struct cmd *cmd, const char *why)
{
	fprintf(stderr, "%s: %s\n", cmd->name, why);
	exit(EXIT_USAGE);
}

/* ---- #! ---- */

static bool is_script(const char *path)
{
	char head[2] = "";
	FILE *file = fopen(path, "re");
	bool script;

	if (!file)
		return false;
	script = fread(head, 1, 2, file) == 2 && head[0] == '#' && head[1] == '!';
	fclose(file);
	return script;
}

/*
 * The kernel passes everything after the interpreter's name as one word.  It is split at blanks
 * only if it cannot be anything else: it ends with the letter of -s, and the next word names a file
 * that begins with #!.
 */
char **options_split_interpreter(int *argc, char **argv)
{
	size_t len = *argc > 2 ? strlen(argv[1]) : 0;
	char **words, *save, *word;
	int n = 0;

	if (!len || argv[1][0] != '-' || !strpbrk(argv[1], " \t") || argv[1][len - 1] != 's' ||
	    !is_script(argv[2]))
		return argv;
	words = calloc((size_t)*argc + len + 1, sizeof(*words));
	if (!words)
		return argv;
	words[n++] = argv[0];
	for (word = strtok_r(argv[1], " \t", &save); word; word = strtok_r(NULL, " \t", &save))
		words[n++] = word;
	for (int i = 2; i < *argc; i++)
		words[n++] = argv[i];
	*argc = n;
	return words;
}

/* ---- --libxo ---- */

/* The option for a format, which its first letter selects: json, J, xml, X, text, T. */
static char *format_option(const char *format, char *otherwise)
{
	static char *const options[] = { (char *)"-xoformat=json", (char *)"-xoformat=xml",
					 (char *)"-xoformat=text" };

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		if ((*format | 0x20) == options[i][strlen("-xoformat=")])
			return options[i];
	return otherwise;
}

void options_libxo(int *argc, char **argv)
{
	static const char flag[] = "--libxo";
	bool options = true; /* until -- */
	int n = 1;

	for (int i = 1; i < *argc; i++) {
		char *word = argv[i];
		const char *format = word + strlen(flag);

		options = options && strcmp(word, "--");
		argv[n++] = word;
		if (!options || strncmp(word, flag, strlen(flag)))
			continue;
		if (!*format && i + 1 < *argc)
			format = argv[++i];
		argv[n - 1] = format_option(format + (*format == '=' || *format == ':'), word);
	}
	*argc = n;
}

/* ---- the passes ---- */

/* Calls each() for every option.  With KEEP the other words become macro arguments.  After -- all
 * words are arguments. */
static void each_option(struct cmd *cmd, int argc, char **argv, bool keep,
			void (*each)(struct cmd *, int))
{
	int option;

	for (optind = 0;;) {
		while ((option = getopt_long(argc, argv, optstring, long_options, NULL)) != -1)
			each(cmd, option);
		if (optind > 1 && optind <= argc && !strcmp(argv[optind - 1], "--"))
			break;
		if (optind >= argc)
			return;
		if (keep)
			cmd->args[cmd->nargs++] = argv[optind];
		optind++;
		if (optind >= argc)
			return;
		/* getopt continues after the word */
	}
	while (keep && optind < argc)
		cmd->args[cmd->nargs++] = argv[optind++];
}

static void set_mode(struct cmd *cmd, enum mode mode)
{
	if (cmd->mode != MODE_TRACE && cmd->mode != mode)
		refuse(cmd, "only one of the [-AGhlV] options can be specified at a time");
	cmd->mode = mode;
}

static void mode_option(struct cmd *cmd, int option)
{
	switch (option) {
	case '3':
	case '6':
		if (strcmp(optarg, option == '3' ? "2" : "4")) {
			fprintf(stderr, "%s: illegal option -- %c%s\n", cmd->name, option, optarg);
			usage(cmd);
		}
		cmd->open_flags &= ~(DTRACE_O_ILP32 | DTRACE_O_LP64);
		cmd->open_flags |= option == '3' ? DTRACE_O_ILP32 : DTRACE_O_LP64;
		break;
	case 'A': set_mode(cmd, MODE_ANON); break;
	case 'B': cmd->buffered = true; break;
	case 'd': cmd->source = true; break;
	case 'e': cmd->exec = false; break;
	case 'G': set_mode(cmd, MODE_LINK); break;
	case 'h': set_mode(cmd, MODE_HEADER); break;
	case 'l': set_mode(cmd, MODE_LIST); break;
	case 'V': set_mode(cmd, MODE_VERSION); break;
	case 'o': cmd->output = optarg; break;
	case 'S': cmd->code = true; break;
	case 'v': cmd->verbose = true; break;
	case OPTION_FEATURES: set_mode(cmd, MODE_FEATURES); break;
	case OPTION_HELP:
		show_usage(cmd, stdout);
		stdio_close(cmd);
		exit(EXIT_SUCCESS);
	case OPTION_VERSION:
		printf("%s (python-dtrace) %s\n%s\n", cmd->name, DTRACE_PROJECT_VERSION,
		       _dtrace_version);
		stdio_close(cmd);
		exit(EXIT_SUCCESS);
	case '?': usage(cmd);
	}
}

void options_modes(struct cmd *cmd, int argc, char **argv)
{
	if (argc == 1)
		usage(cmd);
	each_option(cmd, argc, argv, false, mode_option);
	if (cmd->buffered && cmd->mode != MODE_TRACE)
		refuse(cmd, "-B not valid in combination with [-AGl] options");
	if (cmd->buffered && cmd->output)
		refuse(cmd, "-B not valid in combination with -o option");
	if (cmd->mode == MODE_ANON)
		refuse(cmd,
		       "-A: there is no anonymous tracing: to trace from boot, start dtrace from "
		       "an early systemd unit, or use the kernel's own boot-time tracing "
		       "(Documentation/trace/boottime-trace.rst)");
}

static struct spec *add_spec(struct cmd *cmd, dtrace_probespec_t probespec)
{
	struct spec *spec = &cmd->specs[cmd->nspecs++];

	*spec = (struct spec){ .probespec = probespec, .arg = optarg };
	spec->desc = strndup(optarg, strcspn(optarg, "{/;"));
	if (!spec->desc)
		refuse(cmd, strerror(ENOMEM));
	return spec;
}

static void set(struct cmd *cmd, int flag, const char *name, const char *value)
{
	if (dtrace_setopt(cmd->dtp, name, value))
		fatal(cmd, "failed to set -%c %s", flag, value ? value : name);
}

/* -x oformat belongs to the command: the library has values, the command formats them. */
static void set_format(struct cmd *cmd, const char *name)
{
	static const char *const names[] = {
		[FORMAT_TEXT] = "text", [FORMAT_JSON] = "json", [FORMAT_XML] = "xml"
	};
	size_t n = sizeof(names) / sizeof(names[0]), format = 0;

	while (format < n && strcmp(names[format], name))
		format++;
	if (format == n)
		fatal(cmd,
		      "failed to set -x oformat: Invalid value for specified option: the formats "
		      "are text, json and xml\n");
	cmd->format = (enum format)format;
	if (format != FORMAT_TEXT)
		set(cmd, 'q', "quiet", NULL);
}

/* -x NAME[=VALUE].  Messages show the name without the value. */
static void set_x(struct cmd *cmd, const char *text)
{
	const char *equals = strchr(text, '=');
	char *name = strndup(text, equals ? (size_t)(equals - text) : strlen(text));

	if (name && equals && !strcmp(name, "oformat")) {
		set_format(cmd, equals + 1);
		free(name);
		return;
	}
	if (!name || dtrace_setopt(cmd->dtp, name, equals ? equals + 1 : NULL))
		fatal(cmd, "failed to set -x %s", name ? name : text);
	free(name);
}

/* Flags that set an option of the library, to the flag's value if it has one. */
static const struct {
	char flag;
	const char *option;
	bool value;
} aliases[] = {
	{ 'a', "grabanon", false },    { 'b', "bufsize", true },  { 'D', "define", true },
	{ 'F', "flowindent", false },  { 'H', "cpphdrs", false }, { 'I', "incdir", true },
	{ 'L', "libdir", true },       { 'q', "quiet", false },   { 'U', "undef", true },
	{ 'w', "destructive", false }, { 'X', "stdc", true },
};

static const struct {
	char flag;
	uint_t cflag;
} cflags[] = {
	{ 'C', DTRACE_C_CPP },   { 'S', DTRACE_C_DIFV },  { 'Z', DTRACE_C_ZDEFS },
	{ 'l', DTRACE_C_ZDEFS }, { 'h', DTRACE_C_ZDEFS }, { 'G', DTRACE_C_ZDEFS | DTRACE_C_ARGREF },
};

static const struct {
	char flag;
	dtrace_probespec_t probespec;
} probespecs[] = {
	{ 'P', DTRACE_PROBESPEC_PROVIDER }, { 'm', DTRACE_PROBESPEC_MOD },
	{ 'f', DTRACE_PROBESPEC_FUNC },     { 'n', DTRACE_PROBESPEC_NAME },
	{ 'i', DTRACE_PROBESPEC_NAME },
};

static void setting(struct cmd *cmd, int option)
{
	for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++)
		if (aliases[i].flag == option)
			set(cmd, option, aliases[i].option, aliases[i].value ? optarg : NULL);
	for (size_t i = 0; i < sizeof(cflags) / sizeof(cflags[0]); i++)
		if (cflags[i].flag == option)
			cmd->cflags |= cflags[i].cflag;
	for (size_t i = 0; i < sizeof(probespecs) / sizeof(probespecs[0]); i++)
		if (probespecs[i].flag == option)
			add_spec(cmd, probespecs[i].probespec);
	if (option == 's')
		add_spec(cmd, DTRACE_PROBESPEC_NAME)->script = true;
	else if (option == 'x')
		set_x(cmd, optarg);
	else if (option == 'c')
		cmd->processes[cmd->nprocesses++].command = optarg;
	else if (option == 'p')
		cmd->processes[cmd->nprocesses++].pid = optarg;
	else if (option == 'W')
		cmd->processes[cmd->nprocesses++].awaited = optarg;
}

void options_settings(struct cmd *cmd, int argc, char **argv)
{
	cmd->specs = calloc((size_t)argc, sizeof(*cmd->specs));
	cmd->processes = calloc((size_t)argc, sizeof(*cmd->processes));
	cmd->args = calloc((size_t)argc + 1, sizeof(*cmd->args));
	if (!cmd->specs || !cmd->processes || !cmd->args)
		refuse(cmd, strerror(ENOMEM));
	cmd->args[cmd->nargs++] = argv[0];
	each_option(cmd, argc, argv, true, setting);
	if ((cmd->mode == MODE_LINK || cmd->mode == MODE_HEADER) && !cmd->nspecs)
		refuse(cmd, cmd->mode == MODE_LINK
				    ? "-G requires one or more scripts or enabling options"
				    : "-h requires one or more scripts or enabling options");
}
