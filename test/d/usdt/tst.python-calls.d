/* SPDX-License-Identifier: MIT */
/*
 * The probes of Python itself: returns of a function, with its file, name and line.  CPython 3.11
 * runs a function that Python code calls within the caller's loop, without the probe; map() calls it
 * from C.
 * @@ needs: uprobes python-usdt
 * @@ args: -c "/usr/bin/python3 ./mapped.py"
 */
python$target:::function-return /copyinstr(arg1) == "f"/ { @[basename(copyinstr(arg0)), arg2] = count(); }
END { printa("%s %d %@d", @); }
