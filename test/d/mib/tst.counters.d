/* SPDX-License-Identifier: MIT */
/*
 * Each counter grows as the kernel's does.
 * @@ needs: btf veth bridge
 * @@ alone:
 * @@ timeout: 40
 * @@ runs: python3 counters.py $DTRACE $FILE
 */
mib::: { @[probename] = sum(arg0); }
END { printa("%s %@d\n", @); }
