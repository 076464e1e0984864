/* The dot is not. */
BEGIN { trace(curthread.pid); exit(0); }
