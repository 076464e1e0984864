/* SPDX-License-Identifier: MIT */
/* The root that d_path() goes up to is a struct path. */
BEGIN { trace(d_path(&curthread->fs->pwd, curthread->fs)); }
