/* SPDX-License-Identifier: MIT */
/*
 * The words of -c are separated and quoted as in a shell; nothing is expanded.
 * @@ runs: for c in "printf '[%s]' 'a b' \"c'd\" \"e\\\"f\\g\" h\\ i '' \$x *" 'printf "\\\\%s" ""'; do "$DTRACE" -qn END -c "$c"; done
 */
BEGIN { exit(0); }
