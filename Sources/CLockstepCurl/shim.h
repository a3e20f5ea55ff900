#pragma once
#include <curl/curl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

// libcurl's setters and getters take any number of arguments, which Swift cannot call: one function a type.
static inline CURLcode lockstep_curl_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode lockstep_curl_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode lockstep_curl_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode lockstep_curl_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode lockstep_curl_headers(CURL *handle, struct curl_slist *list) {
    return curl_easy_setopt(handle, CURLOPT_HTTPHEADER, list);
}
typedef size_t (*lockstep_curl_writer)(char *bytes, size_t size, size_t count, void *user);
static inline CURLcode lockstep_curl_on_write(CURL *handle, CURLoption option, lockstep_curl_writer function) {
    return curl_easy_setopt(handle, option, function);
}
typedef curl_socket_t (*lockstep_curl_opener)(void *user, curlsocktype purpose, struct curl_sockaddr *address);
static inline CURLcode lockstep_curl_on_open(CURL *handle, lockstep_curl_opener function) {
    return curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, function);
}
static inline long lockstep_curl_status(CURL *handle) {
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

/// Copies the 4 or 16 bytes of an address, and gives their number; 0 for any other family.
static inline int lockstep_curl_address(const struct curl_sockaddr *address, unsigned char bytes[16]) {
    if (address->family == AF_INET) {
        memcpy(bytes, &((const struct sockaddr_in *)&address->addr)->sin_addr, 4);
        return 4;
    }
    if (address->family == AF_INET6) {
        memcpy(bytes, &((const struct sockaddr_in6 *)&address->addr)->sin6_addr, 16);
        return 16;
    }
    return 0;
}
static inline curl_socket_t lockstep_curl_open(const struct curl_sockaddr *address) {
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/// The result of a transfer that a message tells of.
static inline CURLcode lockstep_curl_result(const CURLMsg *message) { return message->data.result; }
