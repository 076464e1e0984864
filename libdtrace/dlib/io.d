/* SPDX-License-Identifier: MIT */
/*
 * Block I/O and files: bufinfo_t and devinfo_t, of a bio or a request, and fileinfo_t, of an open
 * file, a bio or a request.
 */
/* ---- what is read or written ---- */

typedef struct bufinfo {
	int b_flags;           /* B_* */
	size_t b_bcount;       /* bytes of the whole request */
	caddr_t b_addr;        /* no address: the pages need not be mapped */
	uint64_t b_blkno;      /* first sector of 512 bytes on the device */
	uint64_t b_lblkno;     /* the same: Linux counts blocks on the device only */
	size_t b_resid;        /* bytes that are still to do */
	size_t b_bufsize;      /* bytes of the buffer */
	caddr_t b_iodone;      /* the kernel's function that ends it */
	int b_error;           /* of what has ended: an E* number; 0: none */
	dev_t b_edev;          /* the device, as getmajor() and getminor() take it */
} bufinfo_t;

inline int B_BUSY = 0x0001;
inline int B_DONE = 0x0002;
inline int B_ERROR = 0x0004;
inline int B_PAGEIO = 0x0010;
inline int B_PHYS = 0x0020;
inline int B_READ = 0x0040;
inline int B_WRITE = 0x0100;
inline int B_WANTED = 0x0200;
inline int B_ASYNC = 0x0400;

/* A block layer's status as an error number: enum of BLK_STS_* in include/linux/blk_types.h. */
inline int blk_status_errno[uint_t status] =
    status == 0 ? 0 : status == 1 ? EOPNOTSUPP : status == 2 ? ETIMEDOUT :
    status == 3 ? ENOSPC : status == 4 ? ENOLINK : status == 5 ? EREMOTEIO :
    status == 6 ? EBADE : status == 7 ? ENODATA : status == 8 ? EILSEQ :
    status == 9 ? ENOMEM : status == 12 ? EAGAIN : status == 13 ? EBUSY : EIO;

/* Odd operations and flushes write; what nobody waits for is asynchronous. */
inline int blk_op_flags[uint_t opf] =
    (opf & 1 || (opf & 0xff) == REQ_OP_FLUSH ? B_WRITE : B_READ) |
    (opf & (1 << __REQ_SYNC) ? 0 : B_ASYNC);

translator bufinfo_t < struct bio *B > {
	b_flags = blk_op_flags[B->bi_opf] | (B->bi_status ? B_ERROR : 0) |
	    (B->bi_iter.bi_size ? 0 : B_DONE) | B_PAGEIO;
	b_bcount = B->bi_iter.bi_size;
	b_addr = (caddr_t)B->bi_io_vec;
	b_blkno = B->bi_iter.bi_sector;
	b_lblkno = B->bi_iter.bi_sector;
	b_resid = B->bi_iter.bi_size;
	b_bufsize = B->bi_iter.bi_size;
	b_iodone = (caddr_t)B->bi_end_io;
	b_error = blk_status_errno[B->bi_status];
	b_edev = B->bi_bdev == NULL ? -1 : B->bi_bdev->bd_dev;
};

translator bufinfo_t < struct request *R > {
	b_flags = blk_op_flags[R->cmd_flags] | (errno ? B_ERROR : 0) |
	    (R->state == MQ_RQ_COMPLETE ? B_DONE : 0) | B_PAGEIO;
	b_bcount = R->__data_len;
	b_addr = (caddr_t)R->bio;
	b_blkno = R->__sector;
	b_lblkno = R->__sector;
	b_resid = R->__data_len;
	b_bufsize = R->__data_len;
	b_iodone = (caddr_t)R->end_io;
	b_error = errno; /* the driver tells the tracepoint, not the request: io:::done has it */
	b_edev = R->part != NULL ? R->part->bd_dev :
	    R->q->disk == NULL ? -1 : R->q->disk->part0->bd_dev;
};

/* ---- where ---- */

typedef struct devinfo {
	int dev_major;
	int dev_minor;
	int dev_instance;      /* the minor number of the whole disk */
	string dev_name;       /* the whole disk: "sda" */
	string dev_statname;   /* the partition, as in /proc/diskstats: "sda1" */
	string dev_pathname;   /* "/dev/sda1" */
} devinfo_t;

translator devinfo_t < struct block_device *D > {
	dev_major = D == NULL ? -1 : getmajor(D->bd_dev);
	dev_minor = D == NULL ? -1 : getminor(D->bd_dev);
	dev_instance = D == NULL ? -1 : D->bd_disk->first_minor;
	dev_name = D == NULL ? "<none>" : stringof(D->bd_disk->disk_name);
	dev_statname = D == NULL ? "<none>" : stringof(D->bd_device.kobj.name);
	dev_pathname = D == NULL ? "<none>" : strjoin("/dev/", stringof(D->bd_device.kobj.name));
};

inline struct block_device *blk_device_of[struct request *R] =
    R->part != NULL ? R->part : R->q->disk == NULL ? NULL : R->q->disk->part0;

translator devinfo_t < struct bio *B > {
	dev_major = xlate <devinfo_t> (B->bi_bdev).dev_major;
	dev_minor = xlate <devinfo_t> (B->bi_bdev).dev_minor;
	dev_instance = xlate <devinfo_t> (B->bi_bdev).dev_instance;
	dev_name = xlate <devinfo_t> (B->bi_bdev).dev_name;
	dev_statname = xlate <devinfo_t> (B->bi_bdev).dev_statname;
	dev_pathname = xlate <devinfo_t> (B->bi_bdev).dev_pathname;
};

translator devinfo_t < struct request *R > {
	dev_major = xlate <devinfo_t> (blk_device_of[R]).dev_major;
	dev_minor = xlate <devinfo_t> (blk_device_of[R]).dev_minor;
	dev_instance = xlate <devinfo_t> (blk_device_of[R]).dev_instance;
	dev_name = xlate <devinfo_t> (blk_device_of[R]).dev_name;
	dev_statname = xlate <devinfo_t> (blk_device_of[R]).dev_statname;
	dev_pathname = xlate <devinfo_t> (blk_device_of[R]).dev_pathname;
};

/* ---- files ---- */

typedef struct fileinfo {
	string fi_name;        /* without its directory */
	string fi_dirname;
	string fi_pathname;    /* as /proc/PID/fd shows it; <none>: there is no file */
	offset_t fi_offset;
	string fi_fs;          /* type of the file system */
	string fi_mount;       /* where that is mounted */
	int fi_oflags;         /* O_*, as the file was opened and fcntl() changed it */
} fileinfo_t;

inline int O_ACCMODE = 0003;
inline int O_RDONLY = 0000;
inline int O_WRONLY = 0001;
inline int O_RDWR = 0002;
inline int O_CREAT = 0100;
inline int O_EXCL = 0200;
inline int O_NOCTTY = 0400;
inline int O_TRUNC = 01000;
inline int O_APPEND = 02000;
inline int O_NONBLOCK = 04000;
inline int O_NDELAY = 04000;
inline int O_DSYNC = 010000;
inline int O_ASYNC = 020000;
inline int O_NOATIME = 01000000;
inline int O_CLOEXEC = 02000000;
inline int O_SYNC = 04010000;
inline int O_RSYNC = 04010000;
inline int O_PATH = 010000000;

/* A file that is still in a directory has its name there.  Where others have been mounted, and what
 * the kernel makes up for those without directory, only the path name tells. */
translator fileinfo_t < struct file *F > {
	fi_name = F == NULL ? "<none>" :
	    F->f_path.dentry->d_hash.pprev != NULL &&
	    F->f_path.dentry->d_parent != F->f_path.dentry &&
	    F->f_path.dentry != F->f_path.mnt->mnt_root ?
	    stringof(F->f_path.dentry->d_name.name) : basename(d_path(&F->f_path));
	fi_dirname = F == NULL ? "<none>" : dirname(d_path(&F->f_path));
	fi_pathname = F == NULL ? "<none>" : d_path(&F->f_path);
	fi_offset = F == NULL ? 0 : F->f_pos;
	fi_fs = F == NULL ? "<none>" : stringof(F->f_path.dentry->d_sb->s_type->name);
	fi_mount = F == NULL ? "<none>" : d_path(F->f_path.mnt);
	fi_oflags = F == NULL ? 0 : F->f_flags;
};

/* A bio knows pages of a file, but not by which name and mount that was opened: the path is one
 * within the file system.  The block device's own pages and those of processes have no file. */
translator fileinfo_t < struct bio *B > {
	fi_name = bio_dentry(B) == NULL ? "<none>" : stringof(bio_dentry(B)->d_name.name);
	fi_dirname = bio_dentry(B) == NULL ? "<none>" : dirname(d_path(bio_dentry(B)));
	fi_pathname = bio_dentry(B) == NULL ? "<none>" : d_path(bio_dentry(B));
	fi_offset = 0;
	fi_fs = bio_dentry(B) == NULL ? "<none>" :
	    stringof(bio_dentry(B)->d_sb->s_type->name);
	fi_mount = bio_dentry(B) == NULL ? "<none>" : "<unknown>";
	fi_oflags = 0;
};

translator fileinfo_t < struct request *R > {
	fi_name = xlate <fileinfo_t> (R->bio).fi_name;
	fi_dirname = xlate <fileinfo_t> (R->bio).fi_dirname;
	fi_pathname = xlate <fileinfo_t> (R->bio).fi_pathname;
	fi_offset = 0;
	fi_fs = xlate <fileinfo_t> (R->bio).fi_fs;
	fi_mount = xlate <fileinfo_t> (R->bio).fi_mount;
	fi_oflags = 0;
};

inline fileinfo_t fds[int fd] = xlate <fileinfo_t> (getf(fd));

#pragma D attributes Stable/Stable/Common fds
