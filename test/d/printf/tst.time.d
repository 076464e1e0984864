/* SPDX-License-Identifier: MIT */
/*
 * %Y prints nanoseconds since the epoch as local time.
 * @@ runs: TZ=UTC exec "$DTRACE" -q -s "$FILE"
 */
BEGIN { printf("%Y|%Y", (int64_t)0, (int64_t)123786000000000000); exit(0); }
