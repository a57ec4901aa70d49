/* FakeDriver: a PKCS#11 library that passes everything on to the one named by FAULT_REAL, counts
   C_Login and C_Sign in the folder FAULT_NOTES, and fails as the file "fault" in it says:
   "sign abort", "sign hang", "sign noise", "sign HEX", "login HEX" (a CKR code). */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef unsigned long (*function)();
struct list { unsigned char version[8]; function call[70]; };
enum { LIST = 3, LOGIN = 18, SIGN = 43 };
static struct list ours, *real;

static const char *note(const char *name) {
    static char path[4096];
    snprintf(path, sizeof path, "%s/%s", getenv("FAULT_NOTES"), name);
    return path;
}

static void count(const char *name) {
    FILE *file = fopen(note(name), "a");
    fputc('.', file);
    fclose(file);
}

static int faulty(const char *call, char *how) {
    char named[32] = "";
    FILE *file = fopen(note("fault"), "r");
    if (!file) return 0;
    int read = fscanf(file, "%31s %31s", named, how);
    fclose(file);
    return read == 2 && strcmp(named, call) == 0;
}

static unsigned long login(unsigned long session, unsigned long user, void *pin, unsigned long length) {
    char how[32];
    count("logins");
    if (faulty("login", how)) return strtoul(how, 0, 16);
    return real->call[LOGIN](session, user, pin, length);
}

static unsigned long sign(unsigned long session, void *data, unsigned long size, void *out, unsigned long *length) {
    char how[32];
    count("signs");
    if (faulty("sign", how)) {
        if (strcmp(how, "abort") == 0) abort();
        if (strcmp(how, "hang") == 0) for (;;) pause();
        if (strcmp(how, "noise") == 0) { printf("driver says hello\n"); fflush(stdout); }
        else {
            unsigned char dropped[1024];
            unsigned long room = sizeof dropped;
            real->call[SIGN](session, data, size, dropped, &room); /* end the operation first */
            return strtoul(how, 0, 16);
        }
    }
    return real->call[SIGN](session, data, size, out, length);
}

unsigned long C_GetFunctionList(struct list **result) {
    void *library = dlopen(getenv("FAULT_REAL"), RTLD_NOW);
    function get = (function)dlsym(library, "C_GetFunctionList");
    get(&real);
    memcpy(&ours, real, sizeof ours - 2 * sizeof(function));
    ours.call[LOGIN] = (function)login;
    ours.call[SIGN] = (function)sign;
    *result = &ours;
    return 0;
}
