/* SPDX-License-Identifier: MIT */
/*
 * A clause may call string functions hundreds of times: the kernel verifies each function once.
 * @@ args: -C
 */
#define FOUR(x) x x x x
#define MANY(x) FOUR(FOUR(FOUR(x x)))

string path, s;
int n, same;

BEGIN
{
	path = "/usr//lib/../bin/ls";
	MANY(same += path == strjoin("/usr//lib/", "../bin/ls");)
	MANY(n += strlen(basename(path)) + strlen(dirname(path));)
	printf("%d equal, %d characters\n", same, n);
}

BEGIN
{
	n = 0;
	MANY(s = json("{\"a\": [1, 22, 333]}", "a[2]"); n += strtoll(s);)
	printf("%d\n", n);
}

BEGIN
{
	n = 0;
	MANY(s = cleanpath(path); s = toupper(s); s = lltostr(strlen(s), 16); s = strchr(s, 'x');
		n += index(s, "b") + rindex(path, "/"); s = strstr(path, "bin");)
	printf("%d %s\n", n, s);
	exit(0);
}
