/* SPDX-License-Identifier: MIT */
/*
 * Panics of a Rust program pass functions with return probes.
 * @@ needs: uprobes x86_64 rustc
 * @@ runs: rustc -O -C symbol-mangling-version=v0 -o $TMP/panics panics.rs && $DTRACE -q -s $FILE -c $TMP/panics
 * @@ timeout: 120
 */
pid$target:a.out::return { all++; }
pid$target:a.out:*6panics4leaf:return { @["leaf"] = count(); }
pid$target:a.out:*6panics6middle:return { @["middle"] = count(); }
END { printa("%s %@d\n", @); }
