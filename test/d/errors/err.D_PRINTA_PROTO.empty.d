/* It needs something. */
BEGIN { printa(); exit(0); }
