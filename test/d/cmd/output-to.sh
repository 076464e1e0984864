# SPDX-License-Identifier: MIT
# Runs dtrace in several ways with its output going to $1 (a path, or - for a closed one), and
# reports the status of each on the output that was there before.
run()
{
	echo "$*" >&2
	if [ "$output" = - ]; then
		"$DTRACE" "$@" >&-
	else
		"$DTRACE" "$@" >"$output"
	fi
	echo "$?" >&2
}

output=$1
exec 2>&1
run -qn 'BEGIN { printf("text"); exit(0); }'
run -qn 'tick-50ms { printf("%1000s", "a"); }'
run -qn 'BEGIN { @ = count(); exit(0); }'
run -B -qn 'BEGIN { printf("text"); exit(0); }'
run -xoformat=json -qn 'BEGIN { trace(1); @ = count(); exit(0); }'
run -xoformat=xml -qn 'tick-50ms { printf("%1000s", "a"); }'
run -l
run -V
run --help
