/* A structure is no text. */
BEGIN { trace(stringof(*curthread)); exit(0); }
