#define _GNU_SOURCE
#include "CLockstepLinux.h"
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <unistd.h>

_Thread_local void *lockstep_current_loop_pointer = 0;

int lockstep_usable_cpus(void) {
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
    int count = CPU_COUNT(&set);
    return count > 0 ? count : 1;
}

int lockstep_accept(int listener, struct sockaddr *address, socklen_t *length) {
    return accept4(listener, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

void lockstep_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

// Shutdown signals. The handler may run on any thread at any time: it reads one atomic and calls write, which is
// async-signal-safe.
static atomic_int shutdown_descriptor = -1;
static struct sigaction former_term, former_int;

static void note_shutdown_signal(int signal) {
    (void)signal;
    int saved = errno;
    int descriptor = atomic_load(&shutdown_descriptor);
    uint64_t one = 1;
    if (descriptor >= 0 && write(descriptor, &one, sizeof one) < 0) { /* the counter is full: the loop knows already */ }
    errno = saved;
}

int lockstep_watch_shutdown_signals(void) {
    int descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    int none = -1;
    if (descriptor < 0) return -1;
    if (!atomic_compare_exchange_strong(&shutdown_descriptor, &none, descriptor)) {
        close(descriptor);
        errno = EBUSY;
        return -1;
    }
    struct sigaction action = {0};
    action.sa_handler = note_shutdown_signal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(SIGTERM, &action, &former_term);
    sigaction(SIGINT, &action, &former_int);
    return descriptor;
}

void lockstep_unwatch_shutdown_signals(void) {
    int descriptor = atomic_load(&shutdown_descriptor);
    if (descriptor < 0) return;
    sigaction(SIGTERM, &former_term, 0);
    sigaction(SIGINT, &former_int, 0);
    atomic_store(&shutdown_descriptor, -1);
    close(descriptor);
}
