/* SPDX-License-Identifier: MIT */
/*
 * strtok() goes through a string by its delimiters; NULL goes on where the last call left off, also
 * in the next clause of the firing. Empty tokens do not exist.
 */
BEGIN
{
	printf("[%s]", strtok("/usr//local/bin/", "/"));
	printf("[%s]", strtok(NULL, "/"));
	this->rest = strtok(0, "/");
	printf("[%s]", this->rest);
}
BEGIN
{
	printf("%d\n", strtok(NULL, "/") == NULL);
	printf("%d\n", strtok(NULL, "/") == NULL);
	printf("[%s]", strtok("key = value; next", " ="));
	printf("[%s]", strtok(NULL, "= "));
	printf("[%s]", strtok(NULL, ""));
	printf("%d\n", strtok(NULL, "x") == NULL);
	text = "a,b";
	printf("[%s]", strtok(text, ","));
	text = "changed";
	printf("[%s]", strtok(NULL, ","));
	printf("%d%d\n", strtok("", ",") == NULL, strtok(",,", ",") == NULL);
	exit(0);
}
END { printf("%d\n", strtok(NULL, ",") == NULL); }
