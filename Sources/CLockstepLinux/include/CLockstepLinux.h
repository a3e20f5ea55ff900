#pragma once
// Linux interfaces that the Glibc module does not export to Swift, and the few
// things that Swift cannot say: a thread-local variable, the CPU set macros, and
// functions that glibc hides behind _GNU_SOURCE.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <arpa/inet.h>
#include <errno.h>

/// The event loop that runs on this thread (an unretained pointer), or null.
extern _Thread_local void *lockstep_current_loop_pointer;

static inline void *lockstep_current_loop(void) { return lockstep_current_loop_pointer; }
static inline void lockstep_set_current_loop(void *loop) { lockstep_current_loop_pointer = loop; }

/// How many CPUs this process may use (`taskset` and container CPU sets count), at least 1.
int lockstep_usable_cpus(void);

/// `accept4` with `SOCK_NONBLOCK | SOCK_CLOEXEC`.
int lockstep_accept(int listener, struct sockaddr *address, socklen_t *length);

/// Names the calling thread; at most 15 bytes.
void lockstep_name_thread(const char *name);

/// Makes SIGTERM and SIGINT add to an eventfd, which is returned (-1 and errno on failure). One watcher at a time.
int lockstep_watch_shutdown_signals(void);

/// Restores the former handlers and closes the eventfd.
void lockstep_unwatch_shutdown_signals(void);
