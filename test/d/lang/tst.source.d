/* SPDX-License-Identifier: MIT */
/*
 * What -d prints means the same as the script.
 * @@ runs: python3 ./round_trip.py
 * @@ timeout: 60
 */
BEGIN { exit(0); }
