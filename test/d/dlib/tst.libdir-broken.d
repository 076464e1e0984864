/* SPDX-License-Identifier: MIT */
/*
 * A library that does not compile is left out, with all that it declares and with those that
 * depend on it; each is one warning, however many programs there are. So is a directory that does not exist.
 * @@ runs: (cd $TMP; echo 'inline int good = 1;' > a.d; printf '%s\n' 'inline int begun = 1;' 'inline int bad = nosuch + 1;' > b.d; printf '%s\n' '#pragma D depends_on library b.d' 'inline int c = 1;' > c.d); "$DTRACE" -q -L $TMP -L $TMP/none -s "$FILE" -n 'BEGIN { trace(good); }' 2> $TMP/err; sed "s|$TMP|DIR|" $TMP/err; "$DTRACE" -q -L $TMP -n 'BEGIN { trace(begun); }' 2>&1 | sed -n 's/.*\(failed to resolve begun\)/\1/p'; "$DTRACE" -q -L $TMP -x nolibs -n 'BEGIN { trace(good); }' 2>&1 | sed -n 's/.*\(failed to resolve good\)/\1/p'
 */
BEGIN { printf("%d\n", good); exit(0); }
