// Containers whose copies share everything: a snapshot of the show costs a few reference counts,
// and changing a copy never shows in the original. One thread per object; copies may go to others.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace tribune {

// An ordered list of immutable items. Append and replace O(1) amortised, copy O(n / 64).
template <class T>
class SharedList {
  public:
    using Item = std::shared_ptr<const T>;

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    const T& operator[](std::size_t i) const { return *(*chunks_[i / chunk_size])[i % chunk_size]; }
    [[nodiscard]] Item item(std::size_t i) const { return (*chunks_[i / chunk_size])[i % chunk_size]; }

    void push_back(T value) {
        if (size_ % chunk_size == 0) chunks_.push_back(std::make_shared<Chunk>());
        own(chunks_.back())[size_ % chunk_size] = std::make_shared<const T>(std::move(value));
        ++size_;
    }
    void replace(std::size_t i, T value) {
        own(chunks_[i / chunk_size])[i % chunk_size] = std::make_shared<const T>(std::move(value));
    }

    class Iterator {
      public:
        Iterator(const SharedList* list, std::size_t at) : list_(list), at_(at) {}
        const T& operator*() const { return (*list_)[at_]; }
        Iterator& operator++() {
            ++at_;
            return *this;
        }
        bool operator==(const Iterator&) const = default;

      private:
        const SharedList* list_;
        std::size_t at_;
    };
    [[nodiscard]] Iterator begin() const { return {this, 0}; }
    [[nodiscard]] Iterator end() const { return {this, size_}; }

  private:
    static constexpr std::size_t chunk_size = 64;
    using Chunk = std::array<Item, chunk_size>;

    // The chunk to write into: itself when nobody else holds it, else a copy.
    static Chunk& own(std::shared_ptr<Chunk>& chunk) {
        if (chunk.use_count() != 1) chunk = std::make_shared<Chunk>(*chunk);
        return *chunk;
    }

    std::vector<std::shared_ptr<Chunk>> chunks_;
    std::size_t size_ = 0;
};

// A map for many small entries. Lookup and insert touch one of 1,024 sorted shards.
template <class Key, class Value>
class SharedMap {
  public:
    // Null when absent; valid until the map is changed or destroyed.
    [[nodiscard]] const Value* find(const Key& key) const {
        const auto h = std::hash<Key>{}(key);
        const auto& group = groups_[h % fan];
        if (!group) return nullptr;
        const auto& shard = (*group)[(h / fan) % fan];
        if (!shard) return nullptr;
        const auto at = lower(*shard, key);
        return at != shard->end() && at->first == key ? &at->second : nullptr;
    }

    // Inserts, or replaces the value.
    void set(const Key& key, Value value) {
        const auto h = std::hash<Key>{}(key);
        auto& group = own(groups_[h % fan]);
        auto& shard = own(group[(h / fan) % fan]);
        const auto at = lower(shard, key);
        if (at != shard.end() && at->first == key) {
            at->second = std::move(value);
        } else {
            shard.insert(at, {key, std::move(value)});
            ++size_;
        }
    }

    [[nodiscard]] std::size_t size() const { return size_; }

  private:
    static constexpr std::size_t fan = 32;
    using Shard = std::vector<std::pair<Key, Value>>;
    using Group = std::array<std::shared_ptr<Shard>, fan>;

    template <class S>
    static auto lower(S& shard, const Key& key) {
        return std::lower_bound(shard.begin(), shard.end(), key,
                                [](const auto& entry, const Key& k) { return entry.first < k; });
    }
    template <class T>
    static T& own(std::shared_ptr<T>& p) {
        if (!p) {
            p = std::make_shared<T>();
        } else if (p.use_count() != 1) {
            p = std::make_shared<T>(*p);
        }
        return *p;
    }

    std::array<std::shared_ptr<Group>, fan> groups_;
    std::size_t size_ = 0;
};

}  // namespace tribune
