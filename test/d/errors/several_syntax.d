/* SPDX-License-Identifier: MIT */
BEGIN { trace(1 +); printf("}"); }
syscall::read:entry /pid == / { if (1) { trace(1; } }
BEGIN { trace(undefined); }
BEGIN { x = "abc
; }
BEGIN { trace("ok") trace(1); /* } */ y = '}'; }
END { while (1) { x++; } }
END { trace("\q{"); }
END { trace(3 }
END { } }
END { trace(4 }
