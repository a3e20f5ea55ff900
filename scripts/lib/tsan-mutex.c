// Tells Thread Sanitizer about the slow path of Synchronization.Mutex (Swift 6.3, Linux).
//
// The fast path is compiled into our code, so the sanitizer sees its atomics. Under contention the lock is handed over by a
// futex inside libswiftSynchronization, which is not instrumented: the sanitizer then reports whatever the lock protects
// (Tests/sanitizers/mutex.swift shows it with 20 lines). Preloaded, these two stand before the library's own and name the
// hand-over, so that no report has to be suppressed and a real race on a mutex's value is still found.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

// Weak: programs that the tests start inherit the preload and have no sanitizer.
__attribute__((weak)) void __tsan_acquire(void *address);
__attribute__((weak)) void __tsan_release(void *address);

#define swiftcall __attribute__((swiftcall))
#define self_in_context __attribute__((swift_context)) void *self
typedef swiftcall void (*lock_function)(uint32_t thread, self_in_context);
typedef swiftcall void (*unlock_function)(self_in_context);

// Synchronization._MutexHandle._lockSlow(UInt32), _unlockSlow()
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

swiftcall void lock_slow(uint32_t thread, self_in_context) __asm__(LOCK);
swiftcall void unlock_slow(self_in_context) __asm__(UNLOCK);

swiftcall void lock_slow(uint32_t thread, self_in_context) {
    ((lock_function)dlsym(RTLD_NEXT, LOCK))(thread, self);
    if (__tsan_acquire) __tsan_acquire(self);
}

swiftcall void unlock_slow(self_in_context) {
    if (__tsan_release) __tsan_release(self);
    ((unlock_function)dlsym(RTLD_NEXT, UNLOCK))(self);
}
