#define _GNU_SOURCE
#include "CLockstepLinux.h"
#include <pthread.h>
#include <sched.h>

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
