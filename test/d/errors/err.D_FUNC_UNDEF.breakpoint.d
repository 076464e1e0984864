/* Nor can breakpoint(). */
BEGIN { breakpoint(); }
