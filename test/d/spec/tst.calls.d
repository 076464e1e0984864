/* SPDX-License-Identifier: MIT */
/*
 * The usual use: only calls that failed are shown, and all their records.
 * @@ runs: printf 'import os\nfor fd in (-1, -2):\n  try: os.lseek(fd, 0, 0)\n  except OSError: pass\n' > $TMP/p; $DTRACE -q -s $FILE -c "/usr/bin/python3 $TMP/p"
 */
/*
 * The usual use: only calls that failed are shown, and all their records.
 * @@ args: -c '/usr/bin/python3 -c "import os
for fd in (-1,-2):
 try: os.lseek(fd,0,0)
 except OSError: pass"'
 */
syscall::lseek:entry /pid == $target && (int)arg0 < 0/ { self->spec = speculation(); }
syscall::lseek:entry /self->spec/ { speculate(self->spec); printf("lseek(%d)\n", (int)arg0); }
syscall::lseek:return /self->spec/ { speculate(self->spec); printf("= %d\n", errno); }
syscall::lseek:return /self->spec && errno/ { commit(self->spec); self->spec = 0; }
syscall::lseek:return /self->spec/ { discard(self->spec); self->spec = 0; }
