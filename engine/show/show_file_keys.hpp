// How a show file's tables are read: a key's name, what it means and how its value is taken, once; private to show/.
#pragma once

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "show/fields.hpp"
#include "show/show_file.hpp"

namespace tribune::show_file {

inline constexpr int most_pixels_a_side = 8192;

class Faults {
  public:
    void add(const toml::source_region& where, std::string message) {
        list_.push_back({static_cast<int>(where.begin.line), static_cast<int>(where.begin.column), std::move(message)});
    }
    std::vector<ShowFault> sorted() {
        std::stable_sort(list_.begin(), list_.end(), [](const auto& a, const auto& b) {
            return std::pair(a.line, a.column) < std::pair(b.line, b.column);
        });
        return std::move(list_);
    }
    [[nodiscard]] bool empty() const { return list_.empty(); }

  private:
    std::vector<ShowFault> list_;
};

// Levenshtein distance, for "did you mean".
inline std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t up = row[j];
            row[j] = std::min({up + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            diagonal = up;
        }
    }
    return row[b.size()];
}

template <class Range>
std::string advice(std::string_view wrong, const Range& known) {
    std::string list;
    std::string_view best;
    std::size_t best_distance = 3;
    for (const std::string_view name : known) {
        list += list.empty() ? "" : ", ";
        list += name;
        if (const auto d = distance(wrong, name); d < best_distance) {
            best = name;
            best_distance = d;
        }
    }
    return best.empty() ? fmt::format("write one of: {}.", list) : fmt::format("did you mean \"{}\"?", best);
}

// One key of a table: its name, what it means, and how it is read.
template <class T>
struct Key {
    std::string_view name;
    std::string_view example;
    std::string_view help;
    std::function<void(const toml::node&, T&, Faults&)> read;
};

inline bool read_text(const toml::node& node, std::string& out, std::string_view name, Faults& faults) {
    if (const auto text = node.value_exact<std::string>()) {
        out = *text;
        return true;
    }
    faults.add(node.source(), fmt::format("{} must be text in quotes, for example {} = \"…\".", name, name));
    return false;
}

template <class T>
Key<T> text_key(std::string_view name, std::string_view example, std::string_view help, std::string T::*member) {
    return {name, example, help,
            [=](const toml::node& node, T& out, Faults& faults) { read_text(node, out.*member, name, faults); }};
}

// A list of texts, never an empty one.
template <class T>
Key<T> texts_key(std::string_view name, std::string_view example, std::string_view help,
                 std::vector<std::string> T::*member) {
    return {name, example, help, [=](const toml::node& node, T& out, Faults& faults) {
                const auto* list = node.as_array();
                if (list == nullptr || list->empty()) {
                    faults.add(node.source(),
                               fmt::format("{} must be a list, for example {} = {}.", name, name, example));
                    return;
                }
                for (const auto& item : *list) {
                    std::string text;
                    if (read_text(item, text, name, faults)) (out.*member).push_back(std::move(text));
                }
            }};
}

template <class T, class Tag>
Key<T> name_key(std::string_view name, std::string_view example, std::string_view help, Name<Tag> T::*member) {
    return {name, example, help, [=](const toml::node& node, T& out, Faults& faults) {
                std::string text;
                if (!read_text(node, text, name, faults)) return;
                const bool plain =
                    !text.empty() && text.size() <= 32 &&
                    text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") ==
                        std::string::npos;
                if (!plain) {
                    faults.add(
                        node.source(),
                        fmt::format("{} \"{}\" must be 1 to 32 letters, digits, - or _, without spaces or accents.",
                                    name, text));
                }
                (out.*member).text = text;
            }};
}

template <class T>
Key<T> bool_key(std::string_view name, std::string_view example, std::string_view help, bool T::*member) {
    return {name, example, help, [=](const toml::node& node, T& out, Faults& faults) {
                if (const auto value = node.value_exact<bool>()) {
                    out.*member = *value;
                } else {
                    faults.add(node.source(), fmt::format("{} must be true or false.", name));
                }
            }};
}

template <class T, class N>
Key<T> number_key(std::string_view name, std::string_view example, std::string_view help, N T::*member, double low,
                  double high) {
    return {name, example, help, [=](const toml::node& node, T& out, Faults& faults) {
                const bool right_kind = std::is_integral_v<N> ? node.is_integer() : node.is_number();
                const auto value = right_kind ? node.value<double>() : std::nullopt;
                if (value && *value >= low && *value <= high) {
                    out.*member = static_cast<N>(*value);
                } else {
                    faults.add(node.source(),
                               fmt::format("{} must be a {} from {} to {}.", name,
                                           std::is_integral_v<N> ? "whole number" : "number", low, high));
                }
            }};
}

template <class T>
Key<T> size_key(std::string_view name, std::string_view example, std::string_view help, Size T::*member) {
    return {name, example, help, [=](const toml::node& node, T& out, Faults& faults) {
                std::string text;
                if (!read_text(node, text, name, faults)) return;
                Size size;
                char rest = 0;
                const bool read = std::sscanf(text.c_str(), "%5dx%5d%c", &size.width, &size.height, &rest) == 2;
                if (!read || size.width < 16 || size.height < 16 || size.width > most_pixels_a_side ||
                    size.height > most_pixels_a_side) {
                    faults.add(
                        node.source(),
                        fmt::format("{} \"{}\" must be WIDTHxHEIGHT, each from 16 to {}, for example \"1920x1080\".",
                                    name, text, most_pixels_a_side));
                    return;
                }
                out.*member = size;
            }};
}

template <class T, class E>
Key<T> enum_key(std::string_view name, std::string_view example, std::string_view help, E T::*member) {
    return {name, example, help, [=](const toml::node& node, T& out, Faults& faults) {
                std::string text;
                if (!read_text(node, text, name, faults)) return;
                std::vector<std::string_view> known;
                for (const auto& [value, value_name] : names_of(E{})) {
                    if (value_name == text) {
                        out.*member = value;
                        return;
                    }
                    known.push_back(value_name);
                }
                faults.add(node.source(), fmt::format("{} cannot be \"{}\": {}", name, text, advice(text, known)));
            }};
}

template <class T>
void read_table(const toml::table& table, const std::vector<Key<T>>& keys, T& out, Faults& faults) {
    for (const auto& [key, node] : table) {
        const auto known =
            std::find_if(keys.begin(), keys.end(), [&, k = key.str()](const auto& row) { return row.name == k; });
        if (known != keys.end()) {
            known->read(node, out, faults);
            continue;
        }
        std::vector<std::string_view> names;
        names.reserve(keys.size());
        for (const auto& row : keys) names.push_back(row.name);
        faults.add(key.source(), fmt::format("There is no key \"{}\" here: {}", key.str(), advice(key.str(), names)));
    }
}

// A key that holds a table, or a list of tables ([[name]]).
template <class T, class Item>
Key<T> table_key(std::string_view name, std::string_view help, Item T::*member, const std::vector<Key<Item>>& keys) {
    return {name, "", help, [=, &keys](const toml::node& node, T& out, Faults& faults) {
                if (const auto* table = node.as_table()) {
                    read_table(*table, keys, out.*member, faults);
                } else {
                    faults.add(node.source(),
                               fmt::format("{} must be a section: write [{}] on a line of its own.", name, name));
                }
            }};
}
template <class T, class Item>
Key<T> list_key(std::string_view name, std::string_view help, std::vector<Item> T::*member,
                const std::vector<Key<Item>>& keys) {
    return {name, "", help, [=, &keys](const toml::node& node, T& out, Faults& faults) {
                const auto* list = node.as_array();
                if (list == nullptr || list->empty() || !list->is_homogeneous(toml::node_type::table)) {
                    faults.add(node.source(),
                               fmt::format("{} must be a list of sections: write [[{}]] before each one.", name, name));
                    return;
                }
                for (const auto& item : *list) read_table(*item.as_table(), keys, (out.*member).emplace_back(), faults);
            }};
}

// A section of the reference.
template <class T>
void describe(std::string& out, std::string_view title, const std::vector<Key<T>>& keys) {
    out += fmt::format("\n## {}\n\n| key | example | meaning |\n|---|---|---|\n", title);
    for (const auto& key : keys) {
        out += fmt::format("| `{}` | {} | {} |\n", key.name,
                           key.example.empty() ? "a section" : fmt::format("`{}`", key.example), key.help);
    }
}

// Where item `i` of [[list]] stands in the file.
inline toml::source_region region(const toml::table& table, std::string_view list, std::size_t i) {
    const auto* node = table.get(list);
    const auto* items = node == nullptr ? nullptr : node->as_array();
    const auto* item = items == nullptr ? nullptr : items->get(i);
    return item == nullptr ? table.source() : item->source();
}

template <class Item>
void check_names(const toml::table& table, std::string_view list, const std::vector<Item>& items, Faults& faults) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto& name = items[i].name.text;
        if (name.empty()) {
            faults.add(region(table, list, i), fmt::format("This {} has no name: add name = \"…\".", list));
        } else if (!seen.insert(name).second) {
            faults.add(region(table, list, i),
                       fmt::format("The {} name \"{}\" is used twice: give each its own.", list, name));
        }
    }
}

}  // namespace tribune::show_file
