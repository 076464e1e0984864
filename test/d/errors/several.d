/* SPDX-License-Identifier: MIT */
/* For tst.several: what is wrong, clause by clause. */
int known;
BEGIN { known = exename; self->a = 1; this->b = "x"; @x = count(); array[pid] = 1; }
syscall::raed:entry { trace(1); }
BEGIN { trace(self->a); trace(nope); } /* self->a has no value for want of line 4 */
BEGIN { printa(@x); trace(1, 2); }
BEGIN { array["text"] = 1; }
BEGIN { trace(exename); } /* the same again */
BEGIN { known++; trace(execname); trase(1); }
BEGIN { known = trace(2); }
END /self->c/ { self->c = 1; }
END { trace(self->d); }
