#include "net/keys.hpp"

#include <charconv>

#include "show/rights.hpp"

namespace tribune::net {
namespace {

std::optional<Actor> holder_of(const std::string& name) {
    constexpr std::string_view table = "table/";
    if (name.starts_with(operator_prefix)) return Actor{Role::observer, name.substr(operator_prefix.size()), {}, true};
    if (!name.starts_with(table)) {
        const auto role = parse_role(name);
        // A table without a number is nobody, and the program itself never comes by the network.
        if (!role || *role == Role::table || *role == Role::machine) return std::nullopt;
        return Actor{*role, name, {}};
    }
    int number = 0;
    const char* end = name.data() + name.size();
    const auto read = std::from_chars(name.data() + table.size(), end, number);
    if (read.ec != std::errc() || read.ptr != end || number < 1 || number > 9999) return std::nullopt;
    return Actor{Role::table, name, TableNumber{number}};
}

bool same(std::string_view a, std::string_view b) {
    unsigned difference = a.size() == b.size() ? 0U : 1U;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const char other = b.empty() ? '\0' : b[i % b.size()];
        difference |= static_cast<unsigned char>(a[i] ^ other);
    }
    return difference == 0;
}

}  // namespace

KeyRing::KeyRing(const Keys& keys) {
    for (const auto& [name, key] : keys) {
        if (auto actor = holder_of(name); actor && !key.empty()) keys_.emplace_back(key, *std::move(actor));
    }
}

std::optional<Actor> KeyRing::find(std::string_view key, const Setup& setup) const {
    const Actor* found = nullptr;
    for (const auto& [known, actor] : keys_) {
        if (same(known, key)) found = &actor;  // no early way out
    }
    if (found == nullptr) return std::nullopt;
    return found->declared ? actor_of(setup, OperatorName(found->name)) : *found;
}

}  // namespace tribune::net
