// Owners for SQLite's C handles. Private to the store; codes are SQLite's own (extended).
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace tribune {

class Database {
  public:
    Database() = default;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database() { sqlite3_close(handle_); }

    int open(const std::string& path, int flags) {
        const int rc = sqlite3_open_v2(path.c_str(), &handle_, flags | SQLITE_OPEN_EXRESCODE, nullptr);
        return rc;
    }
    int execute(const std::string& sql) { return sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr); }
    [[nodiscard]] bool in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }
    [[nodiscard]] std::string message() const { return sqlite3_errmsg(handle_); }
    [[nodiscard]] sqlite3* get() const { return handle_; }

  private:
    sqlite3* handle_ = nullptr;
};

class Statement {
  public:
    Statement() = default;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement() { sqlite3_finalize(handle_); }

    int prepare(Database& database, std::string_view sql) {
        return sqlite3_prepare_v3(database.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                  &handle_, nullptr);
    }
    [[nodiscard]] sqlite3_stmt* get() const { return handle_; }

  private:
    sqlite3_stmt* handle_ = nullptr;
};

// One run of a prepared statement. Reset at its end: an open read would hold back the WAL. Texts are borrowed.
class Query {
  public:
    template <class... Values>
    explicit Query(Statement& statement, const Values&... values) : handle_(statement.get()) {
        int at = 0;
        (bind(++at, values), ...);
    }
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    ~Query() {
        sqlite3_reset(handle_);
        sqlite3_clear_bindings(handle_);
    }

    // SQLITE_ROW, SQLITE_DONE, or an error.
    int step() { return bound_ == SQLITE_OK ? sqlite3_step(handle_) : bound_; }

    [[nodiscard]] std::uint64_t number(int column) const {
        return static_cast<std::uint64_t>(sqlite3_column_int64(handle_, column));
    }
    // Valid until the next step. Empty when the column holds something else.
    [[nodiscard]] std::string_view bytes(int column) const {
        const void* data = sqlite3_column_blob(handle_, column);
        const int size = sqlite3_column_bytes(handle_, column);
        return data == nullptr ? std::string_view{}
                               : std::string_view{static_cast<const char*>(data), static_cast<std::size_t>(size)};
    }

  private:
    void bind(int at, std::uint64_t number) {
        note(sqlite3_bind_int64(handle_, at, static_cast<sqlite3_int64>(number)));
    }
    void bind(int at, const std::string& text) {
        note(sqlite3_bind_text64(handle_, at, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8));
    }
    // string_view: bytes as they are.
    void bind(int at, std::string_view bytes) {
        note(
            sqlite3_bind_blob64(handle_, at, bytes.data() == nullptr ? "" : bytes.data(), bytes.size(), SQLITE_STATIC));
    }
    void note(int rc) {
        if (bound_ == SQLITE_OK) bound_ = rc;
    }

    sqlite3_stmt* handle_;
    int bound_ = SQLITE_OK;
};

}  // namespace tribune
