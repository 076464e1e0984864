/* SPDX-License-Identifier: MIT */
/*
 * The names of C++ functions in stacks are as their programmer wrote them; mangled shows the symbols.
 * @@ needs: uprobes x86_64
 * @@ runs: for o in temporal mangled; do "$DTRACE" -q -x $o -s "$FILE" -c $TRIGGERS/exceptions | grep -o '`.*leaf.*' | sort -u; done
 */
pid$target:a.out:_Z4leafl:entry { ustack(1); }
