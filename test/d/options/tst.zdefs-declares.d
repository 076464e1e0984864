/* SPDX-License-Identifier: MIT */
/*
 * Under -Z a clause that matches no probe still declares its variables and aggregations, whatever
 * its args[] would be.
 * @@ flags: -qZ
 */
nosuch:::probe
/args[0]->what == "that"/
{
	self->t = args[0]->x;
	this->name = stringof(args[0]->name);
	n++;
	seen[args[1], "key"] = *args[2];
	@sums[args[0]->x, execname] = sum(args[1]);
	@times["all"] = quantize(arg1);
	printf("%s", args[0]->name);
	if (args[3]) {
		late = timestamp;
	} else {
		text = "set";
	}
}

BEGIN
/self->t == 0 && n == 0 && late == 0/
{
	self->t = 1;
	seen[7, "key"] = 8;
	@sums[5, "me"] = sum(9);
	printf("%d %d %s|", self->t, seen[7, "key"], text);
	printa("%d %s %@d", @sums);
	exit(0);
}
