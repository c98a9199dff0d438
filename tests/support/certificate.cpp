#include "support/certificate.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <memory>
#include <stdexcept>

namespace tidemark::test {
namespace {

template <auto release> struct Release {
    template <typename Held> void operator()(Held* held) const { release(held); }
};
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using X509Certificate = std::unique_ptr<X509, Release<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Release<X509_EXTENSION_free>>;
using File = std::unique_ptr<FILE, Release<std::fclose>>;

constexpr long seconds_of_day = 86'400;

void require(bool done) {
    if (!done) throw std::runtime_error("cannot make a certificate");
}

void add(X509* certificate, int kind, const std::string& value) {
    const Extension extension{X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str())};
    require(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

X509Certificate self_signed(EVP_PKEY* key, const std::string& name, int days) {
    X509Certificate certificate{X509_new()};
    X509* const one = certificate.get();
    require(one != nullptr);
    X509_set_version(one, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(one), 1);
    X509_gmtime_adj(X509_getm_notBefore(one), -30 * seconds_of_day);
    X509_gmtime_adj(X509_getm_notAfter(one), days * seconds_of_day);
    X509_set_pubkey(one, key);
    X509_NAME* const subject = X509_get_subject_name(one);
    const auto* const common_name = reinterpret_cast<const unsigned char*>("tidemark-test");
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, common_name, -1, -1, 0);
    X509_set_issuer_name(one, subject);
    add(one, NID_basic_constraints, "critical,CA:TRUE");
    add(one, NID_subject_alt_name, name);
    require(X509_sign(one, key, EVP_sha256()) > 0);
    return certificate;
}

File open_to_write(const std::string& file) {
    File opened{std::fopen(file.c_str(), "w")};
    require(opened != nullptr);
    return opened;
}

} // namespace

Certificate::Certificate(const std::string& name, int days) {
    const Key key{EVP_EC_gen("P-256")};
    require(key != nullptr);
    const auto certificate = self_signed(key.get(), name, days);
    require(PEM_write_X509(open_to_write(file()).get(), certificate.get()) == 1);
    require(PEM_write_PrivateKey(open_to_write(this->key()).get(), key.get(), nullptr, nullptr, 0,
                                 nullptr, nullptr) == 1);
}

} // namespace tidemark::test
