/* SPDX-License-Identifier: MIT */
/*
 * Whatever a program can misspell is answered with the name that was meant.
 * @@ runs: sh ./did_you_mean.sh
 * @@ needs: btf
 * @@ timeout: 40
 */
BEGIN { exit(0); }
