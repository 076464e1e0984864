/* SPDX-License-Identifier: MIT */
/*
 * A clause of thousands of statements behaves as a short one: clause-local variables and the time
 * last from its beginning to its end, arguments and stacks are the probe's, and an `if` chooses.
 * @@ runs: $DTRACE -q -C -s $FILE -c "sleep 0"
 */
#define FOUR(x) x x x x
#define MANY(x) FOUR(FOUR(FOUR(FOUR(x))))

int n, m, exits;
string last;

syscall::exit_group:entry
/pid == $target && !exits++/
{
	this->sum = 0;
	this->first = arg0;
	this->began = timestamp;
	this->text = "";
	MANY(this->sum += 3; this->sum -= 1; n += arg0 + 1;)
	MANY(@sum = sum(arg0 + 2); @by[n > 0] = count();)
	this->text = strjoin("ab", "cd");
	printf("%d %d\n", this->sum, this->first == arg0);
	printf("%s\n", stackdepth > 0 ? "stack" : "none");
	MANY(if (this->sum == 512) { m++; last = probefunc; } else { m += 1000; })
	if (this->sum == 512) {
		MANY(m += 2; this->sum++;)
	} else {
		MANY(m += 5; this->sum--;)
	}
	printf("%d %d %s %s\n", this->sum, m, last, this->text);
	printf("%s %d\n", this->began == timestamp ? "one time" : "several", n);
	exit(0);
}

END
{
	printa("%@d", @sum);
	printa(" %d %@d\n", @by);
}
