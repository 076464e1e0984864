/* SPDX-License-Identifier: MIT */
/*
 * The guide's way to keep several numbers about a key.
 * @@ args: -c "$TRIGGERS/syscalls 50"
 */
struct callinfo { uint64_t calls; uint64_t bytes; size_t largest; };
struct callinfo i[string];
syscall::read:entry, syscall::write:entry
/pid == $target && (arg2 == 16 || arg2 == 8)/
{
	i[probefunc].calls++;
	i[probefunc].bytes += arg2;
	i[probefunc].largest = arg2 > i[probefunc].largest ? arg2 : i[probefunc].largest;
}
END { printf("%d %d %d, ", i["read"].calls, i["read"].bytes, i["read"].largest); }
END { printf("%d %d %d", i["write"].calls, i["write"].bytes, i["write"].largest); }
