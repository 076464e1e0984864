/* Text is no number. */
BEGIN { exit("1"); }
