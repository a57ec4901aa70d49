/* Writes down what a program does to the files under one folder, in the order in which it was done, so that a test can
   work out which disks a power cut may have left. Loaded before the C library (LD_PRELOAD); but for syncs, what is asked for is done.

   DISK_ROOT: the folder; DISK_TRACE: the file of records. A record is `struct record`, then its two texts.
   DISK_LIVES: after so many records the program is dead, as if it were killed; 0 or none: it lives.
   disk_room(n): after n more writes the disk is full, until it is asked again; -1: there is room. Returns how many were left.
   disk_note(text): a record of the program's own, e.g. what it has just promised. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { CREATED = 1, EMPTIED = 2 };

struct record {
    uint64_t inode, at;
    uint32_t first, second; /* bytes of the two texts */
    uint32_t what, unused;
};

#define HANDLES 65536
static uint64_t seen[HANDLES]; /* inode of a handle that was opened under the root */
static char root[PATH_MAX];
static size_t root_length;
static int trace = -1;
static long lives = 0, room = -1;
static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
    const char *folder = getenv("DISK_ROOT"), *file = getenv("DISK_TRACE");
    if (folder == NULL || file == NULL) return;
    snprintf(root, sizeof root, "%s/", folder);
    root_length = strlen(root);
    if (getenv("DISK_LIVES") != NULL) lives = atol(getenv("DISK_LIVES"));
    trace = (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void put(char what, uint64_t inode, uint64_t at, const void *one, size_t n, const void *two, size_t m) {
    struct record record = {inode, at, (uint32_t)n, (uint32_t)m, (uint32_t)what, 0};
    struct iovec parts[] = {{&record, sizeof record}, {(void *)one, n}, {(void *)two, m}};
    if (trace >= 0 && syscall(SYS_writev, trace, parts, 3) != (long)(sizeof record + n + m)) abort();
    if (trace >= 0 && lives > 0 && --lives == 0) syscall(SYS_exit_group, 9);
}

static void lock(void) { pthread_mutex_lock(&order); }

static void unlock(void) {
    int told = errno;
    pthread_mutex_unlock(&order);
    errno = told;
}

/* The absolute path, when it lies under the root; else NULL. */
static const char *under(int folder, const char *path, char *room) {
    char link[64];
    ssize_t n = 0;
    if (path == NULL || trace < 0) return NULL;
    if (path[0] != '/') {
        snprintf(link, sizeof link, folder == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", folder);
        n = readlink(link, room, PATH_MAX - 1);
        if (n < 0) return NULL;
        room[n++] = '/';
    }
    snprintf(room + n, PATH_MAX - n, "%s", path);
    return strncmp(room, root, root_length) == 0 || strncmp(room, root, root_length - 1) == 0 ? room : NULL;
}

static int is_ours(int handle, struct stat *about) {
    return trace >= 0 && handle >= 0 && handle < HANDLES && seen[handle] != 0 && fstat(handle, about) == 0 &&
           about->st_ino == seen[handle];
}

/* Whether a write finds no room. Names count as well: a folder takes room for them. */
static int is_full(void) {
    if (room != 0) {
        if (room > 0) room--;
        return 0;
    }
    errno = ENOSPC;
    return 1;
}

static int opened(int folder, const char *path, int flags, mode_t mode) {
    char room[PATH_MAX];
    const char *full = under(folder, path, room);
    struct stat about;
    if (full == NULL) {
        int other = (int)syscall(SYS_openat, folder, path, flags, mode);
        if (other >= 0 && other < HANDLES) seen[other] = 0;
        return other;
    }
    lock();
    int is_new = (flags & O_CREAT) && syscall(SYS_faccessat, folder, path, F_OK) != 0;
    if (is_new && is_full()) {
        unlock();
        return -1;
    }
    int handle = (int)syscall(SYS_openat, folder, path, flags, mode);
    if (handle >= 0 && handle < HANDLES && fstat(handle, &about) == 0) {
        seen[handle] = about.st_ino;
        uint64_t how = (is_new ? CREATED : 0) | ((flags & O_TRUNC) && !is_new ? EMPTIED : 0);
        put('o', about.st_ino, how, full, strlen(full), NULL, 0);
    }
    unlock();
    return handle;
}

#define MODE(flags)                            \
    mode_t mode = 0;                           \
    if ((flags) & O_CREAT) {                   \
        va_list more;                          \
        va_start(more, flags);                 \
        mode = (mode_t)va_arg(more, unsigned); \
        va_end(more);                          \
    }

int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE(flags) return opened(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) {
    MODE(flags) return opened(folder, path, flags | O_LARGEFILE, mode);
}

static ssize_t written_at(int handle, const void *data, size_t size, off_t at) {
    struct stat about;
    if (!is_ours(handle, &about)) return syscall(SYS_pwrite64, handle, data, size, at);
    if (is_full()) return -1;
    lock();
    ssize_t done = syscall(SYS_pwrite64, handle, data, size, at);
    if (done > 0) put('w', about.st_ino, (uint64_t)at, data, (size_t)done, NULL, 0);
    unlock();
    return done;
}

ssize_t pwrite(int handle, const void *data, size_t size, off_t at) { return written_at(handle, data, size, at); }
ssize_t pwrite64(int handle, const void *data, size_t size, off64_t at) { return written_at(handle, data, size, at); }

ssize_t write(int handle, const void *data, size_t size) {
    struct stat about;
    if (!is_ours(handle, &about)) return syscall(SYS_write, handle, data, size);
    if (is_full()) return -1;
    lock();
    ssize_t done = syscall(SYS_write, handle, data, size);
    if (done > 0) put('w', about.st_ino, (uint64_t)(lseek(handle, 0, SEEK_CUR) - done), data, (size_t)done, NULL, 0);
    unlock();
    return done;
}

ssize_t sendfile(int out, int in, off_t *from, size_t size) {
    struct stat about;
    if (!is_ours(out, &about)) return syscall(SYS_sendfile, out, in, from, size);
    if (is_full()) return -1;
    lock();
    off_t start = from != NULL ? *from : lseek(in, 0, SEEK_CUR);
    ssize_t done = syscall(SYS_sendfile, out, in, from, size);
    if (done > 0) {
        char *copy = malloc((size_t)done);
        if (copy == NULL || pread(in, copy, (size_t)done, start) != done) abort();
        put('w', about.st_ino, (uint64_t)(lseek(out, 0, SEEK_CUR) - done), copy, (size_t)done, NULL, 0);
        free(copy);
    }
    unlock();
    return done;
}
ssize_t sendfile64(int out, int in, off64_t *from, size_t size) { return sendfile(out, in, from, size); }

/* Ways of writing that are not written down are refused: programs know how to do without. */
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t size, unsigned flags) {
    (void)in, (void)from, (void)out, (void)to, (void)size, (void)flags;
    errno = ENOSYS;
    return -1;
}

int ftruncate(int handle, off_t size) {
    struct stat about;
    if (!is_ours(handle, &about)) return (int)syscall(SYS_ftruncate, handle, size);
    lock();
    int failed = (int)syscall(SYS_ftruncate, handle, size);
    if (!failed) put('t', about.st_ino, (uint64_t)size, NULL, 0, NULL, 0);
    unlock();
    return failed;
}
int ftruncate64(int handle, off64_t size) { return ftruncate(handle, size); }

/* What is asked for is written down and not done: this machine's disk is not the one that is looked at. */
static int synced(long call, int handle) {
    struct stat about;
    if (!is_ours(handle, &about)) return (int)syscall(call, handle);
    lock();
    put('s', about.st_ino, 0, NULL, 0, NULL, 0);
    unlock();
    return 0;
}
int fsync(int handle) { return synced(SYS_fsync, handle); }
int fdatasync(int handle) { return synced(SYS_fdatasync, handle); }

static int renamed(int from, const char *old, int to, const char *fresh, unsigned flags) {
    char one[PATH_MAX], two[PATH_MAX];
    const char *first = under(from, old, one), *second = under(to, fresh, two);
    lock();
    int failed = (int)syscall(SYS_renameat2, from, old, to, fresh, flags);
    if (!failed && first != NULL && second != NULL) put('r', 0, 0, first, strlen(first), second, strlen(second));
    unlock();
    return failed;
}
int rename(const char *old, const char *fresh) { return renamed(AT_FDCWD, old, AT_FDCWD, fresh, 0); }
int renameat(int from, const char *old, int to, const char *fresh) { return renamed(from, old, to, fresh, 0); }
int renameat2(int from, const char *old, int to, const char *fresh, unsigned flags) {
    return renamed(from, old, to, fresh, flags);
}

static int removed(int folder, const char *path, int flags) {
    char room[PATH_MAX];
    const char *full = under(folder, path, room);
    lock();
    int failed = (int)syscall(SYS_unlinkat, folder, path, flags);
    if (!failed && full != NULL) put('u', 0, 0, full, strlen(full), NULL, 0);
    unlock();
    return failed;
}
int unlink(const char *path) { return removed(AT_FDCWD, path, 0); }
int unlinkat(int folder, const char *path, int flags) { return removed(folder, path, flags); }
int rmdir(const char *path) { return removed(AT_FDCWD, path, AT_REMOVEDIR); }

static int made(int folder, const char *path, mode_t mode) {
    char room[PATH_MAX];
    const char *full = under(folder, path, room);
    struct stat about;
    if (full != NULL && is_full()) return -1;
    lock();
    int failed = (int)syscall(SYS_mkdirat, folder, path, mode);
    if (!failed && full != NULL && stat(full, &about) == 0) put('m', about.st_ino, 0, full, strlen(full), NULL, 0);
    unlock();
    return failed;
}
int mkdir(const char *path, mode_t mode) { return made(AT_FDCWD, path, mode); }
int mkdirat(int folder, const char *path, mode_t mode) { return made(folder, path, mode); }

void disk_note(const char *text) {
    lock();
    put('n', 0, 0, text, strlen(text), NULL, 0);
    unlock();
}

long disk_room(long writes) {
    long left = room;
    room = writes;
    return left;
}
