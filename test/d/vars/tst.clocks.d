/* SPDX-License-Identifier: MIT */
/*
 * timestamp is read once per clause, in whichever branch it is read first; walltimestamp advances
 * within a clause.
 */
BEGIN
{
	one = timestamp;
	for_time = lltostr(one);
	printf("%d\n", timestamp == one);
}
BEGIN
{
	one = cpu >= 0 ? timestamp : 0;
	for_time = lltostr(one);
	printf("%d\n", timestamp == one);
}
BEGIN
{
	if (cpu < 0) {
		one = timestamp;
	} else {
		for_time = lltostr(cpu);
		one = timestamp;
	}
	for_time = lltostr(one);
	printf("%d\n", one && timestamp == one);
}
BEGIN /timestamp && (cpu < 0 || (one = timestamp))/
{
	for_time = lltostr(one);
	printf("%d\n", timestamp == one);
}
BEGIN
{
	wall = walltimestamp;
	for_time = lltostr(wall);
	printf("%d\n", walltimestamp > wall && walltimestamp < wall + 1000000000);
	exit(0);
}
