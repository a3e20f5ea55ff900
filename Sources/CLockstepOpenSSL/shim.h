#pragma once
#include <openssl/ssl.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/x509v3.h>

// Macros that Swift cannot call.
static inline int lockstep_ssl_ctx_set_min_version(SSL_CTX *context, int version) {
    return (int)SSL_CTX_set_min_proto_version(context, version);
}
static inline void lockstep_ssl_ctx_set_mode(SSL_CTX *context, long mode) { SSL_CTX_set_mode(context, mode); }
static inline void lockstep_ssl_ctx_set_safe_options(SSL_CTX *context) {
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
}
/// What a memory buffer holds, without taking it out.
static inline long lockstep_bio_contents(BIO *buffer, char **start) { return BIO_get_mem_data(buffer, start); }
static inline void lockstep_bio_reset(BIO *buffer) { (void)BIO_reset(buffer); }
/// RFC 4514, in UTF-8.
static inline unsigned long lockstep_x509_name_flags(void) { return XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB; }
static inline GENERAL_NAMES *lockstep_x509_alternative_names(const X509 *certificate) {
    return (GENERAL_NAMES *)X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
}
static inline int lockstep_x509_alternative_name_count(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }
/// The text of a host name, URI or mail address; null for names of other kinds.
static inline const ASN1_STRING *lockstep_x509_alternative_name(const GENERAL_NAMES *names, int index, int *kind) {
    const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, index);
    *kind = name->type;
    return name->type == GEN_DNS || name->type == GEN_URI || name->type == GEN_EMAIL ? name->d.ia5 : NULL;
}
