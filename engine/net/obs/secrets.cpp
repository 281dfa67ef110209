#include "net/obs/secrets.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/ids.hpp"

namespace tribune::net::obs {
namespace {

std::string sha256(std::string_view text) {
    std::string digest(32, '\0');
    unsigned size = 0;
    if (EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(digest.data()), &size, EVP_sha256(),
                   nullptr) != 1)
        throw std::runtime_error("libcrypto has no SHA-256");
    return digest;
}

}  // namespace

std::string base64(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // libcrypto ends it with a zero
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), reinterpret_cast<const unsigned char*>(bytes.data()),
                    static_cast<int>(bytes.size()));
    text.pop_back();
    return text;
}

std::string random_base64(std::size_t size) {
    std::string bytes(size, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(size)) != 1)
        throw std::runtime_error("the system gives no random bytes");
    return base64(bytes);
}

std::string expected_answer(std::string_view password, std::string_view salt, std::string_view challenge) {
    const std::string secret = base64(sha256(std::string(password) += salt));
    return base64(sha256(std::string(secret) += challenge));
}

bool same_secret(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string uuid_of(std::string_view kind, std::string_view name) {
    const std::string digest = sha256((std::string(kind) += '\n') += name);
    Uuid id;
    std::copy_n(digest.begin(), id.bytes.size(), id.bytes.begin());
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0FU) | 0x80U);
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3FU) | 0x80U);
    return to_string(id);
}

}  // namespace tribune::net::obs
