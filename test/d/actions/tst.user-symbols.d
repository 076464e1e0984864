/* SPDX-License-Identifier: MIT */
/*
 * usym(), umod(), ufunc() and uaddr() name an address of the process that fired the probe.
 * @@ needs: uprobes
 * @@ args: -c "$TRIGGERS/functions 1"
 */
pid$target:functions:middle:return
{
	usym(ucaller); umod(ucaller); ufunc(ucaller); uaddr(ucaller);
	@sym[usym(ucaller)] = count();
	@mod[umod(ucaller)] = count();
	@func[ufunc(ucaller)] = count();
}
