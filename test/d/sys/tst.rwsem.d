/* SPDX-License-Identifier: MIT */
/*
 * The kernel says that it has taken a process's lock of mappings, and how: args[0] is the mm_struct,
 * and whether it is for writing depends on the kernel's version, but it is held in one way.
 * @@ needs: btf
 * @@ args: -c "cat /etc/hostname" > /dev/null
 */
sdt:::mmap_lock_acquire_returned /pid == $target/
{
	this->lock = &args[0]->mmap_lock;
	@[rw_write_held(this->lock) + rw_read_held(this->lock), rw_write_held(this->lock) == rw_iswriter(this->lock)] = count();
	writers += rw_write_held(this->lock);
	readers += rw_read_held(this->lock);
}
END { printa("%d %d\n", @); printf("%d %d", writers > 0, readers > 0); }
