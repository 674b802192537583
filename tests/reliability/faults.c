/* Fails the Nth call of one kind on a file under FAULT_ROOT: cc -shared -fPIC -o faults.so faults.c -ldl
 * FAULT_CALL open|read|write|sync|rename|unlink|mkdir|truncate; FAULT_N the Nth; FAULT_ERRNO the error; FAULT_FIRED is made then. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int n_calls;

static int under(const char *path) {
    const char *root = getenv("FAULT_ROOT");
    char here[4096];
    if (!root || !path) return 0;
    if (path[0] != '/') {
        if (!getcwd(here, sizeof here)) return 0;
        return strncmp(here, root, strlen(root)) == 0;
    }
    return strncmp(path, root, strlen(root)) == 0;
}

static int fires(const char *call, const char *path) {
    const char *wanted = getenv("FAULT_CALL");
    if (!wanted || strcmp(wanted, call) != 0 || !under(path)) return 0;
    if (__atomic_add_fetch(&n_calls, 1, __ATOMIC_SEQ_CST) != atoi(getenv("FAULT_N"))) return 0;
    FILE *(*real)(const char *, const char *) = dlsym(RTLD_NEXT, "fopen");
    FILE *fired = real(getenv("FAULT_FIRED"), "w");
    if (fired) { fputs(path, fired); fclose(fired); }
    errno = atoi(getenv("FAULT_ERRNO"));
    return 1;
}

static int fires_fd(const char *call, int fd) {
    char link[64], path[4096];
    const char *wanted = getenv("FAULT_CALL");
    if (!wanted || strcmp(wanted, call) != 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n <= 0) return 0;
    path[n] = 0;
    // Pipes, sockets and the like have names without a slash.
    return path[0] == '/' && fires(call, path);
}

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define MODE(flags) mode_t mode = 0; if ((flags) & (O_CREAT | O_TMPFILE)) { va_list a; va_start(a, flags); mode = va_arg(a, int); va_end(a); }

int open(const char *path, int flags, ...) { MODE(flags) REAL(open); return fires("open", path) ? -1 : real(path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) REAL(open64); return fires("open", path) ? -1 : real(path, flags, mode); }
int openat(int d, const char *path, int flags, ...) { MODE(flags) REAL(openat); return fires("open", path) ? -1 : real(d, path, flags, mode); }
int openat64(int d, const char *path, int flags, ...) { MODE(flags) REAL(openat64); return fires("open", path) ? -1 : real(d, path, flags, mode); }
ssize_t read(int fd, void *b, size_t n) { REAL(read); return fires_fd("read", fd) ? -1 : real(fd, b, n); }
ssize_t pread(int fd, void *b, size_t n, off_t o) { REAL(pread); return fires_fd("read", fd) ? -1 : real(fd, b, n, o); }
ssize_t pread64(int fd, void *b, size_t n, off64_t o) { REAL(pread64); return fires_fd("read", fd) ? -1 : real(fd, b, n, o); }
ssize_t write(int fd, const void *b, size_t n) { REAL(write); return fires_fd("write", fd) ? -1 : real(fd, b, n); }
ssize_t pwrite(int fd, const void *b, size_t n, off_t o) { REAL(pwrite); return fires_fd("write", fd) ? -1 : real(fd, b, n, o); }
ssize_t pwrite64(int fd, const void *b, size_t n, off64_t o) { REAL(pwrite64); return fires_fd("write", fd) ? -1 : real(fd, b, n, o); }
int fsync(int fd) { REAL(fsync); return fires_fd("sync", fd) ? -1 : real(fd); }
int fdatasync(int fd) { REAL(fdatasync); return fires_fd("sync", fd) ? -1 : real(fd); }
int ftruncate(int fd, off_t n) { REAL(ftruncate); return fires_fd("truncate", fd) ? -1 : real(fd, n); }
int ftruncate64(int fd, off64_t n) { REAL(ftruncate64); return fires_fd("truncate", fd) ? -1 : real(fd, n); }
int rename(const char *a, const char *b) { REAL(rename); return fires("rename", a) ? -1 : real(a, b); }
int renameat(int c, const char *a, int d, const char *b) { REAL(renameat); return fires("rename", a) ? -1 : real(c, a, d, b); }
int renameat2(int c, const char *a, int d, const char *b, unsigned f) { REAL(renameat2); return fires("rename", a) ? -1 : real(c, a, d, b, f); }
int link(const char *a, const char *b) { REAL(link); return fires("rename", a) ? -1 : real(a, b); }
int unlink(const char *path) { REAL(unlink); return fires("unlink", path) ? -1 : real(path); }
int unlinkat(int d, const char *path, int f) { REAL(unlinkat); return fires("unlink", path) ? -1 : real(d, path, f); }
int mkdir(const char *path, mode_t m) { REAL(mkdir); return fires("mkdir", path) ? -1 : real(path, m); }
