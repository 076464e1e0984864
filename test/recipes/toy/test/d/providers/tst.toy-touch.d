/* SPDX-License-Identifier: MIT */
/*
 * The first touch of each page is one fault, and arg0 is its address.
 * @@ args: -c "/usr/bin/python3 tst.toy-touch.py"
 */
toy:::fault
/pid == $target && arg0 >= 0x200000000000 && arg0 < 0x210000000000/
{
	@faults[probeprov, probename] = count();
	@first = min(arg0);
}
END
{
	printa("%s %s: %@d\n", @faults);
	printa("%@x\n", @first);
}
