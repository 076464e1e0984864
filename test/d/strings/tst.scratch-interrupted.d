/* SPDX-License-Identifier: MIT */
/*
 * A sample that interrupts a program of the traced process leaves that program's strings alone.
 * @@ needs: uprobes
 * @@ args: -c "$TRIGGERS/functions 200000"
 */
pid$target:a.out:inner:entry { this->s = strjoin(probefunc, strjoin("-of-", execname)); }
pid$target:a.out:inner:entry /this->s != "inner-of-functions"/ { wrong++; }
profile-4999 /pid == $target/
{
	this->t = strjoin(execname, strjoin("-sample-", probename));
	samples++;
}
END { printf("%d %d", samples > 10, wrong); }
