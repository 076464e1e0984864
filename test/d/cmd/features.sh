# SPDX-License-Identifier: MIT
# Whether --features tells the truth about each provider, by what -l lists of it.
"$DTRACE" --features >"$TMP/all" || exit
for provider in syscall profile sdt fbt sched lockstat; do
	line=$(grep -E "^[a-z]+ +$provider(: this kernel lacks [a-z].*)?\$" "$TMP/all")
	listed=$("$DTRACE" -lP $provider 2>/dev/null | sed 1d | grep -c .)
	case $line in
	yes* | partly*) test "$listed" -gt 0 && echo "$provider" ;;
	no*lacks*) test "$listed" -eq 0 && echo "$provider" ;;
	esac
done
grep -c 'records: BPF ring buffers (Linux 5.8)$' "$TMP/all"
# Without the privileges of tracing nothing can be tried.
setpriv --reuid=65534 --clear-groups --bounding-set=-all "$DTRACE" --features 2>&1 |
	sed 's/, which.*//'
