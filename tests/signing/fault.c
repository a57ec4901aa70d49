/* FakeDriver: a PKCS#11 library that passes everything on to the one named by FAULT_REAL, counts
   C_Login and C_Sign in the folder FAULT_NOTES, and fails as the lines of the file "fault" in it say,
   each "CALL HOW": CALL is load, slots, info, open, login, again (a login for one signature), find or sign;
   HOW is abort, hang, noise, or HEX (a CKR code). "flags HEX" adds flags to every token's information. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef unsigned long (*function)();
struct list { unsigned char version[8]; function call[70]; };
enum { SLOTS = 4, INFO = 6, OPEN = 12, LOGIN = 18, FIND = 26, SIGN = 43 };
enum { FLAGS = 96, CONTEXT_SPECIFIC = 2 };
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

static int told(const char *call, char *how) {
    char named[32] = "";
    int found = 0;
    FILE *file = fopen(note("fault"), "r");
    if (!file) return 0;
    while (!found && fscanf(file, "%31s %31s", named, how) == 2) found = strcmp(named, call) == 0;
    fclose(file);
    return found;
}

/* Die, hang or chatter as told; the code to fail with, or 0. */
static unsigned long fault(const char *call) {
    char how[32];
    if (!told(call, how)) return 0;
    if (strcmp(how, "abort") == 0) abort();
    if (strcmp(how, "hang") == 0) for (;;) pause();
    if (strcmp(how, "noise") == 0) { printf("driver says hello\n"); fflush(stdout); return 0; }
    return strtoul(how, 0, 16);
}

static unsigned long slots(unsigned char present, void *found, unsigned long *number) {
    unsigned long code = fault("slots");
    return code ? code : real->call[SLOTS](present, found, number);
}

static unsigned long info(unsigned long slot, unsigned char *token) {
    char how[32];
    unsigned long code = fault("info"), flags;
    if (code || (code = real->call[INFO](slot, token))) return code;
    if (told("flags", how)) {
        memcpy(&flags, token + FLAGS, sizeof flags);
        flags |= strtoul(how, 0, 16);
        memcpy(token + FLAGS, &flags, sizeof flags);
    }
    return 0;
}

static unsigned long open_session(unsigned long slot, unsigned long flags, void *own, void *notify, unsigned long *session) {
    unsigned long code = fault("open");
    return code ? code : real->call[OPEN](slot, flags, own, notify, session);
}

static unsigned long login(unsigned long session, unsigned long user, void *pin, unsigned long length) {
    unsigned long code;
    count(user == CONTEXT_SPECIFIC ? "again" : "logins");
    code = fault(user == CONTEXT_SPECIFIC ? "again" : "login");
    return code ? code : real->call[LOGIN](session, user, pin, length);
}

static unsigned long find(unsigned long session, void *wanted, unsigned long number) {
    unsigned long code = fault("find");
    return code ? code : real->call[FIND](session, wanted, number);
}

static unsigned long sign(unsigned long session, void *data, unsigned long size, void *out, unsigned long *length) {
    unsigned long code;
    count("signs");
    if ((code = fault("sign"))) {
        unsigned char dropped[1024];
        unsigned long room = sizeof dropped;
        real->call[SIGN](session, data, size, dropped, &room); /* end the operation first */
        return code;
    }
    return real->call[SIGN](session, data, size, out, length);
}

unsigned long C_GetFunctionList(struct list **result) {
    void *library = dlopen(getenv("FAULT_REAL"), RTLD_NOW);
    function get = (function)dlsym(library, "C_GetFunctionList");
    unsigned long code = fault("load");
    if (code) return code;
    get(&real);
    memcpy(&ours, real, sizeof ours - 2 * sizeof(function));
    ours.call[SLOTS] = (function)slots;
    ours.call[INFO] = (function)info;
    ours.call[OPEN] = (function)open_session;
    ours.call[LOGIN] = (function)login;
    ours.call[FIND] = (function)find;
    ours.call[SIGN] = (function)sign;
    *result = &ours;
    return 0;
}
