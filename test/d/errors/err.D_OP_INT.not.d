/* In ~ too. */
BEGIN { trace(~"a"); exit(0); }
