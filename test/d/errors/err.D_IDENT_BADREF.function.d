/* A function is no variable. */
BEGIN { trace(strlen); exit(0); }
