# SPDX-License-Identifier: MIT
# Runs dtrace with commands that cannot be run, and with some that a signal ends.
for command in '/nonexistent x' '' '"ls' "ls '" /etc/passwd; do
	"$DTRACE" -n BEGIN -c "$command" 2>&1
	echo $?
done
for signal in KILL 40; do
	"$DTRACE" -n END -c "sh -c 'kill -$signal \$\$'" 2>&1 >/dev/null | sed 's/pid [0-9]*/pid N/'
done
