/* SPDX-License-Identifier: MIT */
/*
 * New keys in one go, nearly as many as aggsize has room for: none is refused, however large the
 * values are.  The kernel's per-CPU memory would run out.
 * @@ args: -c "$TRIGGERS/syscalls 50000"
 * @@ needs: x86_64
 */
int n;
syscall::getppid:entry
/pid == $target/
{
	@numbers[n] = count();
	@calls = count();
	@keys = max(n);
}
syscall::getppid:entry
/pid == $target && n < 3800/
{
	@powers[n] = quantize(n);
	@names[execname, n] = avg(n);
}
syscall::getppid:entry
/pid == $target && n < 128/
{
	@wide[n] = lquantize(n, 0, 4000);
	@wider[n] = lquantize(n, 0, 30000);
}
syscall::getppid:entry
/pid == $target/
{
	n++;
}
END
{
	trunc(@numbers, 1);
	trunc(@powers, 0);
	trunc(@names, 1);
	trunc(@wide, 0);
	trunc(@wider, 0);
	printa("%@d calls", @calls);
	printa(", keys up to %@d\n", @keys);
	printa("%s %d %@d\n", @names);
	printa("%d %@d\n", @numbers);
}
